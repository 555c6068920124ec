-- A newsletter in review that may name somebody whom nobody may name in public is held until somebody who may read cases
-- has looked. What was found is not written down here, only how much: who may see it has it found anew.
CREATE TABLE publications.hold (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  newsletter    bigint NOT NULL REFERENCES publications.newsletter,
  content_hash  bytea NOT NULL CHECK (octet_length(content_hash) = 32),
  found         int NOT NULL CHECK (found > 0),
  at            timestamptz NOT NULL
);
CREATE INDEX hold_newsletter ON publications.hold (newsletter, content_hash);

-- Somebody looked at so many places and says that they may stay. Holds for this text and no other.
CREATE TABLE publications.clearance (
  hold        bigint CONSTRAINT already_cleared PRIMARY KEY REFERENCES publications.hold,
  found       int NOT NULL,
  cleared_by  bigint NOT NULL REFERENCES access.staff,
  at          timestamptz NOT NULL
);

CREATE FUNCTION publications.refuse_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The last one counts: it was made because there was more to look at than before.
  IF EXISTS (SELECT FROM publications.hold h
      WHERE h.id = (SELECT max(id) FROM publications.hold WHERE newsletter = NEW.id AND content_hash = NEW.content_hash)
        AND NOT EXISTS (SELECT FROM publications.clearance c WHERE c.hold = h.id)) THEN
    RAISE EXCEPTION 'the text is held for review' USING ERRCODE = 'check_violation', CONSTRAINT = 'held_for_review';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_held BEFORE UPDATE OF state ON publications.newsletter
  FOR EACH ROW WHEN (NEW.state = 'APPROVED') EXECUTE FUNCTION publications.refuse_held();

CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON publications.hold
  FOR EACH STATEMENT EXECUTE FUNCTION release.refuse();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON publications.clearance
  FOR EACH STATEMENT EXECUTE FUNCTION release.refuse();
