-- Two people, one hash. What may be sent is what one person wrote and another approved, in the very form that was
-- written last. These rules bind the hub's own role too: a page that forgets to ask cannot get past them.

-- Writing, approving and releasing one subject happen one after the other. A snapshot older than the lock would
-- judge by what was, so only READ COMMITTED is allowed: there each statement of a trigger sees what is.
CREATE FUNCTION release.take_turn(subject text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'releases are judged at READ COMMITTED' USING ERRCODE = 'invalid_transaction_state';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(subject, 7));
END $$;

CREATE FUNCTION release.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was written, approved or released is never rewritten' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TABLE release.edit (
  subject       text NOT NULL,              -- "newsletter:12"
  no            int NOT NULL CHECK (no > 0),
  editor        bigint NOT NULL REFERENCES access.staff,
  content_hash  bytea NOT NULL CHECK (octet_length(content_hash) = 32),
  at            timestamptz NOT NULL,
  PRIMARY KEY (subject, no)
);

-- The number is the order of writing. It is given under the lock (a sequence gives it before, and an edit that
-- waited would slip in below an approval that never saw it).
CREATE FUNCTION release.number_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM release.take_turn(NEW.subject);
  NEW.no := 1 + coalesce((SELECT max(no) FROM release.edit WHERE subject = NEW.subject), 0);
  RETURN NEW;
END $$;
CREATE TRIGGER number_edit BEFORE INSERT ON release.edit
  FOR EACH ROW EXECUTE FUNCTION release.number_edit();

CREATE TABLE release.approval (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject       text NOT NULL,
  content_hash  bytea NOT NULL CHECK (octet_length(content_hash) = 32),
  editors       bigint[] NOT NULL DEFAULT '{}',
  last_edit     int NOT NULL DEFAULT 0,
  approved_by   bigint NOT NULL REFERENCES access.staff,
  at            timestamptz NOT NULL,
  UNIQUE (id, subject, content_hash),
  FOREIGN KEY (subject, last_edit) REFERENCES release.edit (subject, no),
  CONSTRAINT approver_is_editor CHECK (approved_by <> ALL (editors)),
  CONSTRAINT somebody_wrote_it CHECK (cardinality(editors) > 0),
  CONSTRAINT already_approved UNIQUE (subject, last_edit)
);

-- Editors and last edit are the database's own: no caller can leave one out. The last edit must carry
-- the approved hash, so that a text changed in between cannot be approved by its old name. (An editor is not told
-- of that: the CHECK refuses first.)
CREATE FUNCTION release.fill_editors() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last_hash bytea;
BEGIN
  PERFORM release.take_turn(NEW.subject);
  NEW.editors := ARRAY(SELECT DISTINCT editor FROM release.edit WHERE subject = NEW.subject ORDER BY editor);
  SELECT no, content_hash INTO NEW.last_edit, last_hash FROM release.edit WHERE subject = NEW.subject ORDER BY no DESC LIMIT 1;
  IF NEW.content_hash IS DISTINCT FROM last_hash AND NEW.approved_by <> ALL (NEW.editors) THEN
    RAISE EXCEPTION 'the content is not the one last written'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'content_changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fill_editors BEFORE INSERT ON release.approval
  FOR EACH ROW EXECUTE FUNCTION release.fill_editors();

-- Approval taken back, by anybody, without a new edit.
CREATE TABLE release.revocation (
  approval    bigint PRIMARY KEY REFERENCES release.approval,
  revoked_by  bigint NOT NULL REFERENCES access.staff,
  at          timestamptz NOT NULL
);

CREATE FUNCTION release.order_revocation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM release.take_turn(subject) FROM release.approval WHERE id = NEW.approval;
  RETURN NEW;
END $$;
CREATE TRIGGER order_revocation BEFORE INSERT ON release.revocation
  FOR EACH ROW EXECUTE FUNCTION release.order_revocation();

-- A release binds the approved hash to audience, channels, time and mode. One release per approval.
CREATE TABLE release.release (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  approval      bigint NOT NULL CONSTRAINT already_released UNIQUE,
  subject       text NOT NULL,
  content_hash  bytea NOT NULL,
  audience      jsonb NOT NULL,             -- by channel: {"email": {"audience": …, "selection": …}}
  channels      text[] NOT NULL CHECK (cardinality(channels) > 0),
  not_before    timestamptz NOT NULL,
  mode          text NOT NULL CHECK (mode IN ('ACTUAL', 'EXERCISE', 'TEST')),
  released_by   bigint NOT NULL REFERENCES access.staff,
  at            timestamptz NOT NULL,
  CONSTRAINT not_approved FOREIGN KEY (approval, subject, content_hash)
    REFERENCES release.approval (id, subject, content_hash)
);

-- Any later edit voids an approval, even one that restores the approved words.
CREATE FUNCTION release.still_approved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE approved_edit int;
BEGIN
  PERFORM release.take_turn(NEW.subject);
  IF EXISTS (SELECT FROM release.revocation WHERE approval = NEW.approval) THEN
    RAISE EXCEPTION 'the approval was taken back'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'not_approved';
  END IF;
  SELECT last_edit INTO approved_edit FROM release.approval WHERE id = NEW.approval;
  IF FOUND AND approved_edit <> (SELECT max(no) FROM release.edit WHERE subject = NEW.subject) THEN
    RAISE EXCEPTION 'the content was changed after it was approved'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'content_changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER still_approved BEFORE INSERT ON release.release
  FOR EACH ROW EXECUTE FUNCTION release.still_approved();

CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON release.edit
  FOR EACH STATEMENT EXECUTE FUNCTION release.refuse();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON release.approval
  FOR EACH STATEMENT EXECUTE FUNCTION release.refuse();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON release.revocation
  FOR EACH STATEMENT EXECUTE FUNCTION release.refuse();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON release.release
  FOR EACH STATEMENT EXECUTE FUNCTION release.refuse();
