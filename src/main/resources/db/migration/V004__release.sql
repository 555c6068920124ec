-- Two people, one hash. What may be sent is what one person wrote and another approved.
CREATE TABLE release.edit (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject       text NOT NULL,              -- "newsletter:12"
  editor        bigint NOT NULL REFERENCES access.staff,
  content_hash  bytea NOT NULL CHECK (octet_length(content_hash) = 32),
  at            timestamptz NOT NULL
);
CREATE INDEX edit_subject ON release.edit (subject, id);

CREATE TABLE release.approval (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject       text NOT NULL,
  content_hash  bytea NOT NULL CHECK (octet_length(content_hash) = 32),
  editors       bigint[] NOT NULL DEFAULT '{}',
  last_edit     bigint NOT NULL DEFAULT 0 REFERENCES release.edit,
  approved_by   bigint NOT NULL REFERENCES access.staff,
  at            timestamptz NOT NULL,
  UNIQUE (id, subject, content_hash),
  CONSTRAINT approver_is_editor CHECK (approved_by <> ALL (editors)),
  CONSTRAINT somebody_wrote_it CHECK (cardinality(editors) > 0)
);

-- Editors and last edit are the database's own: no caller can leave one out. The last edit must carry
-- the approved hash, so that a text changed in between cannot be approved by its old name.
CREATE FUNCTION release.fill_editors() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last_hash bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.subject, 7));
  NEW.editors := ARRAY(SELECT DISTINCT editor FROM release.edit WHERE subject = NEW.subject ORDER BY editor);
  SELECT id, content_hash INTO NEW.last_edit, last_hash FROM release.edit WHERE subject = NEW.subject ORDER BY id DESC LIMIT 1;
  IF NEW.content_hash IS DISTINCT FROM last_hash THEN
    RAISE EXCEPTION 'the content is not the one last written'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'content_changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fill_editors BEFORE INSERT ON release.approval
  FOR EACH ROW EXECUTE FUNCTION release.fill_editors();

CREATE FUNCTION release.lock_subject() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.subject, 7));
  RETURN NEW;
END $$;
CREATE TRIGGER lock_subject BEFORE INSERT ON release.edit
  FOR EACH ROW EXECUTE FUNCTION release.lock_subject();

-- A release binds the approved hash to audience, channels, time and mode. One release per approval.
CREATE TABLE release.release (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  approval      bigint NOT NULL UNIQUE,
  subject       text NOT NULL,
  content_hash  bytea NOT NULL,
  audience      text NOT NULL,              -- canonical JSON
  channels      text[] NOT NULL CHECK (cardinality(channels) > 0),
  not_before    timestamptz NOT NULL,
  mode          text NOT NULL CHECK (mode IN ('ACTUAL', 'EXERCISE', 'TEST')),
  released_by   bigint NOT NULL REFERENCES access.staff,
  at            timestamptz NOT NULL,
  FOREIGN KEY (approval, subject, content_hash) REFERENCES release.approval (id, subject, content_hash)
);

-- Any later edit voids an approval, even one that restores the approved words.
CREATE FUNCTION release.still_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.subject, 7));
  IF (SELECT max(id) FROM release.edit WHERE subject = NEW.subject)
     IS DISTINCT FROM (SELECT last_edit FROM release.approval WHERE id = NEW.approval) THEN
    RAISE EXCEPTION 'the content was changed after it was approved'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'content_changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER still_approved BEFORE INSERT ON release.release
  FOR EACH ROW EXECUTE FUNCTION release.still_approved();

-- What was approved or released is never rewritten.
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON release.edit
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON release.approval
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON release.release
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
