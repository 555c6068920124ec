-- Calls for volunteers. Texts are sealed, those of the answers too; state words, dates, numbers and references are not.
-- The site and the courier get no right here, not even USAGE on the schema: what the courier sends is the thin letter in
-- engine.content, which holds nothing of it.
CREATE SCHEMA calls;

CREATE TABLE calls.call (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  reference       text NOT NULL UNIQUE CHECK (reference ~ '^[2-9B-DF-HJKMNP-TV-Z]{4}-[2-9B-DF-HJKMNP-TV-Z]{4}$'),
  state           text NOT NULL DEFAULT 'DRAFT' CHECK (state IN ('DRAFT', 'IN_REVIEW', 'APPROVED', 'RELEASED', 'CLOSED')),
  version         int NOT NULL DEFAULT 1 CHECK (version > 0),
  draft_sealed    bytea NOT NULL,
  frozen_sealed   bytea,                     -- what was submitted, as it is sent and shown
  content_hash    bytea CHECK (octet_length(content_hash) = 32),
  returned_sealed bytea,
  needed          int NOT NULL CHECK (needed > 0),
  answer_by       timestamptz NOT NULL,
  approval        bigint REFERENCES release.approval,
  release         bigint UNIQUE REFERENCES release.release,
  broadcast       bigint UNIQUE REFERENCES engine.broadcast,
  released_at     timestamptz,
  reason          text CHECK (reason IN ('FOUND', 'NOT_NEEDED', 'UNSAFE', 'ERROR')),
  closed_by       bigint REFERENCES access.staff,
  closed_at       timestamptz,
  created_by      bigint NOT NULL REFERENCES access.staff,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  CONSTRAINT submitted_is_frozen CHECK (state NOT IN ('IN_REVIEW', 'APPROVED', 'RELEASED') OR num_nonnulls(frozen_sealed, content_hash) = 2),
  CONSTRAINT approved_by_somebody CHECK (state NOT IN ('APPROVED', 'RELEASED') OR approval IS NOT NULL),
  CONSTRAINT released_by_somebody CHECK (num_nonnulls(release, broadcast, released_at) IN (0, 3)),
  CONSTRAINT released_is_sent CHECK (state <> 'RELEASED' OR release IS NOT NULL),
  CONSTRAINT closed_for_a_reason CHECK (num_nonnulls(reason, closed_by, closed_at) = CASE WHEN state = 'CLOSED' THEN 3 ELSE 0 END)
);

-- What a volunteer said; the last word of each counts. Single answers never leave the staff.
CREATE TABLE calls.answer (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  call        bigint NOT NULL REFERENCES calls.call,
  member      bigint NOT NULL,
  can         boolean NOT NULL,
  note_sealed bytea NOT NULL,
  days_sealed bytea NOT NULL,
  at          timestamptz NOT NULL
);
CREATE INDEX answer_call ON calls.answer (call, member, id);

-- How many said, with their last word, that they can; whoever is a member no more does not count.
CREATE FUNCTION calls.found(one bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT count(*) FROM (SELECT DISTINCT ON (member) member, can FROM calls.answer WHERE call = one ORDER BY member, id DESC) last
  WHERE can AND EXISTS (SELECT FROM members.member m WHERE m.id = last.member AND m.state <> 'ENDED')
$$;

-- What was called for and answered is never unwritten.
CREATE FUNCTION calls.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was called for is never rewritten' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER immutable BEFORE UPDATE OF id, reference, created_by, created_at OR DELETE OR TRUNCATE ON calls.call
  FOR EACH STATEMENT EXECUTE FUNCTION calls.refuse();
CREATE TRIGGER immutable BEFORE UPDATE OF id, call, member, can, at OR DELETE OR TRUNCATE ON calls.answer
  FOR EACH STATEMENT EXECUTE FUNCTION calls.refuse();

-- A call that was closed stays so, and a released one keeps its words, its number and its time.
CREATE FUNCTION calls.keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'CLOSED' AND (NEW.state, NEW.reason, NEW.closed_by, NEW.closed_at)
      IS DISTINCT FROM (OLD.state, OLD.reason, OLD.closed_by, OLD.closed_at) THEN
    RAISE EXCEPTION 'the call is closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'call_closed';
  END IF;
  IF OLD.release IS NOT NULL AND (NEW.state NOT IN ('RELEASED', 'CLOSED')
      OR (NEW.release, NEW.broadcast, NEW.content_hash, NEW.needed, NEW.answer_by)
      IS DISTINCT FROM (OLD.release, OLD.broadcast, OLD.content_hash, OLD.needed, OLD.answer_by)) THEN
    RAISE EXCEPTION 'the call was released' USING ERRCODE = 'check_violation', CONSTRAINT = 'already_released';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep BEFORE UPDATE OF state, version, content_hash, needed, answer_by, approval, release, broadcast, released_at, reason, closed_by, closed_at
  ON calls.call FOR EACH ROW EXECUTE FUNCTION calls.keep();

-- Whoever answers holds the call; a closed one or one whose time is over takes nothing, a full one no new yes.
CREATE FUNCTION calls.may_answer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE one calls.call;
BEGIN
  SELECT * INTO one FROM calls.call WHERE id = NEW.call FOR NO KEY UPDATE;
  IF one.state <> 'RELEASED' OR NEW.at >= one.answer_by THEN
    RAISE EXCEPTION 'the call is over' USING ERRCODE = 'check_violation', CONSTRAINT = 'call_over';
  END IF;
  IF NEW.can AND calls.found(NEW.call) >= one.needed AND NOT coalesce(
      (SELECT can FROM calls.answer WHERE call = NEW.call AND member = NEW.member ORDER BY id DESC LIMIT 1), false) THEN
    RAISE EXCEPTION 'enough have said that they can' USING ERRCODE = 'check_violation', CONSTRAINT = 'call_filled';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER may_answer BEFORE INSERT ON calls.answer FOR EACH ROW EXECUTE FUNCTION calls.may_answer();
