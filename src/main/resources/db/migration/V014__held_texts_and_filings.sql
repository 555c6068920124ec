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

-- Complaints to international bodies, each about one case. The mechanism's word is that of the consent it needs.
CREATE TABLE casework.filing (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_file     bigint NOT NULL REFERENCES casework.case_file,
  mechanism     text NOT NULL CHECK (mechanism IN ('WGAD', 'SPECIAL_PROCEDURES', 'HUMAN_RIGHTS_COMMITTEE', 'CAT', 'CEDAW',
    'CED', 'CERD', 'CRPD', 'CESCR', 'CRC', 'UNESCO', 'INTER_AMERICAN', 'EUROPEAN_COURT', 'AFRICAN_COMMISSION')),
  state         text NOT NULL DEFAULT 'DRAFT' CHECK (state IN ('DRAFT', 'CONSENT_CONFIRMED', 'FILED', 'TRANSMITTED',
    'STATE_REPLY', 'NO_REPLY', 'COMMENT_DUE', 'DECISION', 'FOLLOW_UP', 'CLOSED')),
  confidential  boolean NOT NULL,
  created_by    bigint NOT NULL REFERENCES access.staff,
  created_at    timestamptz NOT NULL,
  state_since   timestamptz NOT NULL,
  -- 104 EX/Decision 3.3: the procedure is confidential, whatever we would like.
  CONSTRAINT stays_confidential CHECK (confidential OR mechanism <> 'UNESCO')
);
CREATE INDEX filing_case ON casework.filing (case_file);
CREATE INDEX filing_open ON casework.filing (id) WHERE state <> 'CLOSED';

CREATE TABLE casework.filing_step (
  filing       bigint NOT NULL REFERENCES casework.filing,
  no           int NOT NULL,
  from_state   text NOT NULL,
  to_state     text NOT NULL,
  on_day       date NOT NULL,                -- when it happened, which is seldom when it was written down
  text_sealed  bytea,                        -- what was decided, or why it was closed
  taken_by     bigint NOT NULL REFERENCES access.staff,
  at           timestamptz NOT NULL,
  PRIMARY KEY (filing, no),
  CONSTRAINT text_given CHECK (to_state NOT IN ('DECISION', 'CLOSED') OR text_sealed IS NOT NULL),
  CONSTRAINT known_filing_step CHECK ((to_state = 'CLOSED' AND from_state <> 'CLOSED') OR (from_state, to_state) IN (
    ('DRAFT', 'CONSENT_CONFIRMED'), ('CONSENT_CONFIRMED', 'DRAFT'), ('CONSENT_CONFIRMED', 'FILED'),
    ('FILED', 'TRANSMITTED'), ('FILED', 'DECISION'),
    ('TRANSMITTED', 'STATE_REPLY'), ('TRANSMITTED', 'NO_REPLY'), ('TRANSMITTED', 'DECISION'),
    ('STATE_REPLY', 'COMMENT_DUE'), ('STATE_REPLY', 'DECISION'),
    ('NO_REPLY', 'STATE_REPLY'), ('NO_REPLY', 'COMMENT_DUE'), ('NO_REPLY', 'DECISION'),
    ('COMMENT_DUE', 'STATE_REPLY'), ('COMMENT_DUE', 'DECISION'), ('DECISION', 'FOLLOW_UP')))
);

CREATE TABLE casework.filing_deadline (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  filing       bigint NOT NULL REFERENCES casework.filing,
  kind         text NOT NULL CHECK (kind IN ('FILE_BY', 'STATE_REPLY', 'COMMENT', 'OTHER')),
  due          date NOT NULL,                -- the last day, in UTC
  note_sealed  bytea,
  set_by       bigint NOT NULL REFERENCES access.staff,
  at           timestamptz NOT NULL
);
CREATE INDEX filing_deadline_filing ON casework.filing_deadline (filing);

CREATE TABLE casework.filing_deadline_end (
  deadline  bigint CONSTRAINT deadline_ended PRIMARY KEY REFERENCES casework.filing_deadline,
  how       text NOT NULL CHECK (how IN ('MET', 'DROPPED')),
  on_day    date NOT NULL,
  told_by   bigint NOT NULL REFERENCES access.staff,
  at        timestamptz NOT NULL
);

CREATE TABLE casework.filing_text (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  filing       bigint NOT NULL REFERENCES casework.filing,
  kind         text NOT NULL CHECK (kind IN ('REFERENCE', 'NOTE', 'TEAM_NOTE')),
  text_sealed  bytea NOT NULL,
  written_by   bigint NOT NULL REFERENCES access.staff,
  at           timestamptz NOT NULL
);
CREATE INDEX filing_text_filing ON casework.filing_text (filing);

-- Judged under the lock of the case, as the steps of a case are: a consent that is just being revoked is waited for.
CREATE FUNCTION casework.take_filing_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE one casework.filing;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'filings are judged at READ COMMITTED' USING ERRCODE = 'invalid_transaction_state';
  END IF;
  PERFORM 1 FROM casework.case_file WHERE id = (SELECT case_file FROM casework.filing WHERE id = NEW.filing) FOR SHARE;
  SELECT * INTO one FROM casework.filing WHERE id = NEW.filing FOR UPDATE;
  NEW.from_state := one.state;
  NEW.no := 1 + coalesce((SELECT max(no) FROM casework.filing_step WHERE filing = NEW.filing), 0);
  IF NEW.to_state IN ('CONSENT_CONFIRMED', 'FILED') AND NOT EXISTS (
      SELECT FROM casework.consent c WHERE c.case_file = one.case_file AND one.mechanism = ANY (c.scopes)
        AND c.given <= (NEW.at AT TIME ZONE 'UTC')::date
        AND (c.expires IS NULL OR c.expires >= (NEW.at AT TIME ZONE 'UTC')::date)
        AND NOT EXISTS (SELECT FROM casework.consent_end e WHERE e.consent = c.id)) THEN
    RAISE EXCEPTION 'nobody consented to this complaint' USING ERRCODE = 'check_violation', CONSTRAINT = 'consent_missing';
  END IF;
  IF NOT EXISTS (SELECT FROM casework.team WHERE case_file = one.case_file AND member = NEW.taken_by AND left_at IS NULL) THEN
    RAISE EXCEPTION 'only the team of a case takes a step' USING ERRCODE = 'check_violation', CONSTRAINT = 'not_on_team';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER take_filing_step BEFORE INSERT ON casework.filing_step
  FOR EACH ROW EXECUTE FUNCTION casework.take_filing_step();

CREATE FUNCTION casework.follow_filing_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE casework.filing SET state = NEW.to_state, state_since = NEW.at WHERE id = NEW.filing;
  RETURN NULL;
END $$;
CREATE TRIGGER follow_filing_step AFTER INSERT ON casework.filing_step
  FOR EACH ROW EXECUTE FUNCTION casework.follow_filing_step();

CREATE FUNCTION casework.guard_filing_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> coalesce((SELECT to_state FROM casework.filing_step WHERE filing = NEW.id ORDER BY no DESC LIMIT 1), 'DRAFT') THEN
    RAISE EXCEPTION 'a filing changes its state by a step' USING ERRCODE = 'check_violation', CONSTRAINT = 'state_without_step';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_filing_state BEFORE INSERT OR UPDATE OF state ON casework.filing
  FOR EACH ROW EXECUTE FUNCTION casework.guard_filing_state();

CREATE FUNCTION casework.refuse_filing_when_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT c.state FROM casework.filing f JOIN casework.case_file c ON c.id = f.case_file WHERE f.id = NEW.filing) = 'SEALED' THEN
    RAISE EXCEPTION 'the case is sealed' USING ERRCODE = 'check_violation', CONSTRAINT = 'case_sealed';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER unless_sealed BEFORE INSERT ON casework.filing
  FOR EACH ROW EXECUTE FUNCTION casework.refuse_when_sealed();
CREATE TRIGGER immutable BEFORE UPDATE OF id, case_file, mechanism, created_by, created_at OR DELETE OR TRUNCATE ON casework.filing
  FOR EACH STATEMENT EXECUTE FUNCTION casework.refuse();

DO $$
DECLARE
  one text;
  kept text;
BEGIN
  FOREACH one IN ARRAY ARRAY['filing_step', 'filing_deadline', 'filing_text'] LOOP
    EXECUTE format('CREATE TRIGGER unless_sealed BEFORE INSERT ON casework.%I
      FOR EACH ROW EXECUTE FUNCTION casework.refuse_filing_when_sealed()', one);
  END LOOP;
  FOREACH one IN ARRAY ARRAY['filing_step', 'filing_deadline', 'filing_deadline_end', 'filing_text'] LOOP
    SELECT string_agg(quote_ident(column_name), ', ') INTO kept FROM information_schema.columns
      WHERE table_schema = 'casework' AND table_name = one AND column_name NOT LIKE '%\_sealed';
    EXECUTE format('CREATE TRIGGER immutable BEFORE UPDATE OF %s OR DELETE OR TRUNCATE ON casework.%I
      FOR EACH STATEMENT EXECUTE FUNCTION casework.refuse()', kept, one);
  END LOOP;
END $$;
