-- What may be said in public of how a case went on. It stays behind the wall, sealed, until a second person who reads
-- cases has cleared these very words.
CREATE TABLE casework.development (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_file     bigint NOT NULL REFERENCES casework.case_file,
  kind          text NOT NULL CHECK (kind IN
                  ('RELEASED', 'RELEASED_CONDITIONALLY', 'TRAVEL_BAN_LIFTED', 'CASE_DISMISSED', 'ACQUITTED', 'OTHER')),
  state         text NOT NULL CHECK (state IN ('DRAFT', 'CLEARED', 'DROPPED')),
  words_sealed  bytea NOT NULL,               -- JSON: title, text
  content_hash  bytea NOT NULL CHECK (octet_length(content_hash) = 32),
  subject       text NOT NULL GENERATED ALWAYS AS ('development:' || id) STORED,
  approval      bigint,                       -- of these words by somebody who wrote none of them
  names         boolean NOT NULL DEFAULT false,   -- whether the cleared words name the person
  written_by    bigint NOT NULL REFERENCES access.staff,
  created_at    timestamptz NOT NULL,
  changed_at    timestamptz NOT NULL,
  CONSTRAINT cleared_by_another FOREIGN KEY (approval, subject, content_hash)
    REFERENCES release.approval (id, subject, content_hash),
  CONSTRAINT cleared_is_approved CHECK ((state = 'CLEARED') = (approval IS NOT NULL))
);
CREATE INDEX development_case ON casework.development (case_file);
CREATE INDEX development_cleared ON casework.development (id) WHERE state = 'CLEARED';

-- An approval that was followed by an edit, or taken back, clears nothing any more.
CREATE FUNCTION casework.clear_development() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM release.revocation WHERE approval = NEW.approval) OR (SELECT last_edit FROM release.approval WHERE id = NEW.approval)
      <> (SELECT max(no) FROM release.edit WHERE subject = NEW.subject) THEN
    RAISE EXCEPTION 'the approval does not hold any more' USING ERRCODE = 'check_violation', CONSTRAINT = 'content_changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER clear_development BEFORE UPDATE OF state ON casework.development
  FOR EACH ROW WHEN (NEW.state = 'CLEARED') EXECUTE FUNCTION casework.clear_development();

CREATE TRIGGER unless_sealed BEFORE INSERT ON casework.development
  FOR EACH ROW EXECUTE FUNCTION casework.refuse_when_sealed();
CREATE TRIGGER immutable BEFORE UPDATE OF id, case_file, written_by, created_at OR DELETE OR TRUNCATE ON casework.development
  FOR EACH STATEMENT EXECUTE FUNCTION casework.refuse();
