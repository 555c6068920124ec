-- Casework: people in danger. Everything a person could be known by is sealed; state words, dates, numbers and ids are
-- not. The site and the courier get no right here, not even USAGE on the schema.
CREATE SCHEMA casework;

CREATE TABLE casework.case_file (
  id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  reference           text NOT NULL UNIQUE CHECK (reference ~ '^[2-9B-DF-HJKMNP-TV-Z]{4}-[2-9B-DF-HJKMNP-TV-Z]{4}$'),
  state               text NOT NULL DEFAULT 'INTAKE' CHECK (state IN
    ('INTAKE', 'UNDER_REVIEW', 'ACTIVE', 'MONITORING', 'RESOLVED', 'DECLINED', 'CLOSED_OTHER', 'SEALED')),
  version             int NOT NULL DEFAULT 1 CHECK (version > 0),
  name_sealed         bytea NOT NULL,
  other_names_sealed  bytea NOT NULL,
  country_sealed      bytea NOT NULL,         -- ISO 3166-1, user-assigned codes included
  profession_sealed   bytea NOT NULL,         -- ISCO-08
  summary_sealed      bytea NOT NULL,
  created_by          bigint NOT NULL REFERENCES access.staff,
  created_at          timestamptz NOT NULL,
  state_since         timestamptz NOT NULL,
  updated_at          timestamptz NOT NULL
);

-- Who wrote the details, each once: none of them may confirm the case.
CREATE TABLE casework.writer (
  case_file  bigint NOT NULL REFERENCES casework.case_file,
  staff      bigint NOT NULL REFERENCES access.staff,
  PRIMARY KEY (case_file, staff)
);

CREATE TABLE casework.team (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_file  bigint NOT NULL REFERENCES casework.case_file,
  member     bigint NOT NULL REFERENCES access.staff,
  joined_at  timestamptz NOT NULL,
  added_by   bigint NOT NULL REFERENCES access.staff,
  left_at    timestamptz,
  removed_by bigint REFERENCES access.staff,
  CONSTRAINT left_by_somebody CHECK ((left_at IS NULL) = (removed_by IS NULL))
);
CREATE UNIQUE INDEX team_member ON casework.team (case_file, member) WHERE left_at IS NULL;
CREATE INDEX team_of ON casework.team (member) WHERE left_at IS NULL;

-- The work axis: every step that was ever taken. The state in case_file follows it.
CREATE TABLE casework.step (
  case_file      bigint NOT NULL REFERENCES casework.case_file,
  no             int NOT NULL,
  from_state     text NOT NULL,
  to_state       text NOT NULL,
  reason_sealed  bytea,
  taken_by       bigint NOT NULL REFERENCES access.staff,
  at             timestamptz NOT NULL,
  PRIMARY KEY (case_file, no),
  CONSTRAINT reason_given CHECK (to_state NOT IN ('DECLINED', 'CLOSED_OTHER') OR reason_sealed IS NOT NULL),
  CONSTRAINT known_step CHECK ((from_state, to_state) IN (
    ('INTAKE', 'UNDER_REVIEW'), ('INTAKE', 'DECLINED'),
    ('UNDER_REVIEW', 'ACTIVE'), ('UNDER_REVIEW', 'DECLINED'), ('UNDER_REVIEW', 'CLOSED_OTHER'),
    ('ACTIVE', 'MONITORING'), ('ACTIVE', 'RESOLVED'), ('ACTIVE', 'CLOSED_OTHER'),
    ('MONITORING', 'ACTIVE'), ('MONITORING', 'RESOLVED'), ('MONITORING', 'CLOSED_OTHER'),
    ('RESOLVED', 'ACTIVE'), ('RESOLVED', 'SEALED'), ('DECLINED', 'SEALED'), ('CLOSED_OTHER', 'SEALED')))
);

-- The situation axis. An entry that was wrong is replaced by a further one, and stays.
CREATE TABLE casework.situation (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_file    bigint NOT NULL REFERENCES casework.case_file,
  word         text NOT NULL CHECK (word IN ('UNDER_INVESTIGATION', 'DETAINED', 'DISAPPEARED', 'KIDNAPPED',
    'JUDICIAL_PROCEEDINGS', 'CONVICTED_NOT_JAILED', 'IMPRISONED', 'TRAVEL_OR_WORK_BAN', 'EXILED', 'THREATENED',
    'RELEASED_CONDITIONALLY', 'TRAVEL_BAN_LIFTED', 'CASE_DISMISSED', 'ACQUITTED', 'RELEASED', 'DECEASED', 'UNKNOWN')),
  since        date NOT NULL,
  note_sealed  bytea NOT NULL,
  replaces     bigint UNIQUE,
  written_by   bigint NOT NULL REFERENCES access.staff,
  at           timestamptz NOT NULL,
  UNIQUE (id, case_file),
  CONSTRAINT same_case FOREIGN KEY (replaces, case_file) REFERENCES casework.situation (id, case_file)
);
CREATE INDEX situation_case ON casework.situation (case_file);

-- The four eligibility checks; the latest word on each counts.
CREATE TABLE casework.eligibility (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_file    bigint NOT NULL REFERENCES casework.case_file,
  word         text NOT NULL CHECK (word IN ('PROFESSION', 'ABUSE', 'LINK', 'NO_VIOLENCE')),
  met          boolean NOT NULL,
  note_sealed  bytea NOT NULL,
  written_by   bigint NOT NULL REFERENCES access.staff,
  at           timestamptz NOT NULL
);
CREATE INDEX eligibility_case ON casework.eligibility (case_file);

-- Who told us. A source that turned out wrong is withdrawn, not deleted.
CREATE TABLE casework.source (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_file       bigint NOT NULL REFERENCES casework.case_file,
  kind            text NOT NULL CHECK (kind IN ('PERSON', 'FAMILY', 'LAWYER', 'COLLEAGUE', 'ORGANISATION', 'PRESS', 'OFFICIAL')),
  independent     boolean NOT NULL,          -- of every other source of this case
  heard_on        date NOT NULL,
  details_sealed  bytea NOT NULL,
  written_by      bigint NOT NULL REFERENCES access.staff,
  at              timestamptz NOT NULL,
  withdrawn_at    timestamptz,
  withdrawn_by    bigint REFERENCES access.staff,
  CONSTRAINT withdrawn_by_somebody CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
);
CREATE INDEX source_case ON casework.source (case_file);

CREATE TABLE casework.risk_note (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_file    bigint NOT NULL REFERENCES casework.case_file,
  text_sealed  bytea NOT NULL,
  written_by   bigint NOT NULL REFERENCES access.staff,
  at           timestamptz NOT NULL
);
CREATE INDEX risk_note_case ON casework.risk_note (case_file);

CREATE TABLE casework.note (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_file    bigint NOT NULL REFERENCES casework.case_file,
  kind         text NOT NULL CHECK (kind IN ('OPEN', 'TEAM', 'FAMILY_CONTACT', 'LAWYER_CONTACT', 'MEDICAL')),
  text_sealed  bytea NOT NULL,
  written_by   bigint NOT NULL REFERENCES access.staff,
  at           timestamptz NOT NULL
);
CREATE INDEX note_case ON casework.note (case_file);

-- Consent is given once and never rewritten; that it ended is a row of its own. Where nobody can be asked (NONE),
-- the evidence is the documented decision in the person's best interest.
CREATE TABLE casework.consent (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_file        bigint NOT NULL REFERENCES casework.case_file,
  giver            text NOT NULL CHECK (giver IN ('SELF', 'FAMILY', 'LAWYER', 'NONE')),
  scopes           text[] NOT NULL,
  given            date NOT NULL,
  expires          date,                     -- the last day on which it holds, in UTC
  evidence_sealed  bytea NOT NULL,
  written_by       bigint NOT NULL REFERENCES access.staff,
  at               timestamptz NOT NULL,
  CONSTRAINT known_scopes CHECK (scopes <@ ARRAY['INTERNAL_WORK', 'CORRESPONDENTS_ALERT', 'NETWORK_ALERT', 'PUBLIC_NAME',
    'PUBLIC_ANONYMISED', 'PHOTO', 'WGAD', 'SPECIAL_PROCEDURES', 'HUMAN_RIGHTS_COMMITTEE', 'CAT', 'CEDAW', 'CED', 'CERD',
    'CRPD', 'CESCR', 'CRC', 'UNESCO', 'INTER_AMERICAN', 'EUROPEAN_COURT', 'AFRICAN_COMMISSION']),
  -- Nothing can be done for somebody who does not let us work.
  CONSTRAINT lets_us_work CHECK ('INTERNAL_WORK' = ANY (scopes)),
  CONSTRAINT ends_after_it_began CHECK (expires >= given)
);
CREATE INDEX consent_case ON casework.consent (case_file);
CREATE INDEX consent_expires ON casework.consent (expires) WHERE expires IS NOT NULL;

CREATE TABLE casework.consent_end (
  consent        bigint CONSTRAINT consent_ended PRIMARY KEY REFERENCES casework.consent,
  how            text NOT NULL CHECK (how IN ('REVOKED', 'EXPIRED')),
  reason_sealed  bytea,
  told_by        bigint REFERENCES access.staff,   -- none: the calendar
  at             timestamptz NOT NULL,
  CONSTRAINT revoked_by_somebody CHECK ((how = 'REVOKED') = (told_by IS NOT NULL)),
  CONSTRAINT revoked_for_a_reason CHECK (how <> 'REVOKED' OR reason_sealed IS NOT NULL)
);

-- All who wrote at what a case is judged by: its details, checks, sources, consents and risk notes.
CREATE FUNCTION casework.writers(one bigint) RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
  SELECT staff FROM casework.writer WHERE case_file = one
  UNION SELECT written_by FROM casework.eligibility WHERE case_file = one
  UNION SELECT written_by FROM casework.source WHERE case_file = one
  UNION SELECT written_by FROM casework.risk_note WHERE case_file = one
  UNION SELECT written_by FROM casework.consent WHERE case_file = one
$$;

-- What a case lacks on a day before it can be worked on, each a stable word.
CREATE FUNCTION casework.gaps(one bigint, today date) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT 'checks_missing' WHERE 4 <> (SELECT count(*) FROM (
    SELECT DISTINCT ON (word) met FROM casework.eligibility WHERE case_file = one ORDER BY word, id DESC) AS latest WHERE met)
  UNION ALL
  SELECT 'sources_missing' WHERE 2 > (SELECT count(*) FROM casework.source
    WHERE case_file = one AND independent AND withdrawn_at IS NULL)
  UNION ALL
  SELECT 'consent_missing' WHERE NOT EXISTS (SELECT FROM casework.consent c
    WHERE c.case_file = one AND c.given <= today AND (c.expires IS NULL OR c.expires >= today)
      AND NOT EXISTS (SELECT FROM casework.consent_end e WHERE e.consent = c.id))
  UNION ALL
  SELECT 'risk_note_missing' WHERE NOT EXISTS (SELECT FROM casework.risk_note WHERE case_file = one)
$$;

-- A step is judged under the lock of its case, at READ COMMITTED: a snapshot older than the lock would judge by what was.
CREATE FUNCTION casework.take_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE gap text;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'cases are judged at READ COMMITTED' USING ERRCODE = 'invalid_transaction_state';
  END IF;
  SELECT state INTO NEW.from_state FROM casework.case_file WHERE id = NEW.case_file FOR UPDATE;
  NEW.no := 1 + coalesce((SELECT max(no) FROM casework.step WHERE case_file = NEW.case_file), 0);
  IF NEW.to_state = 'ACTIVE' THEN
    SELECT word INTO gap FROM casework.gaps(NEW.case_file, (NEW.at AT TIME ZONE 'UTC')::date) word LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'the case lacks what it needs to be active' USING ERRCODE = 'check_violation', CONSTRAINT = gap;
    END IF;
    IF NEW.taken_by IN (SELECT casework.writers(NEW.case_file)) THEN
      RAISE EXCEPTION 'a case is confirmed by somebody who wrote none of it'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmer_wrote_it';
    END IF;
  END IF;
  IF NOT EXISTS (SELECT FROM casework.team WHERE case_file = NEW.case_file AND member = NEW.taken_by AND left_at IS NULL) THEN
    RAISE EXCEPTION 'only the team of a case takes a step' USING ERRCODE = 'check_violation', CONSTRAINT = 'not_on_team';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER take_step BEFORE INSERT ON casework.step FOR EACH ROW EXECUTE FUNCTION casework.take_step();

CREATE FUNCTION casework.follow_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE casework.case_file SET state = NEW.to_state, state_since = NEW.at, updated_at = NEW.at, version = version + 1
    WHERE id = NEW.case_file;
  RETURN NULL;
END $$;
CREATE TRIGGER follow_step AFTER INSERT ON casework.step FOR EACH ROW EXECUTE FUNCTION casework.follow_step();

-- No other way to a state than a step.
CREATE FUNCTION casework.guard_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> coalesce((SELECT to_state FROM casework.step WHERE case_file = NEW.id ORDER BY no DESC LIMIT 1), 'INTAKE') THEN
    RAISE EXCEPTION 'a case changes its state by a step' USING ERRCODE = 'check_violation', CONSTRAINT = 'state_without_step';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_state BEFORE INSERT OR UPDATE OF state ON casework.case_file
  FOR EACH ROW EXECUTE FUNCTION casework.guard_state();

-- A sealed case takes nothing more. (That a consent ended can be said whatever the state.)
CREATE FUNCTION casework.refuse_when_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT state FROM casework.case_file WHERE id = NEW.case_file) = 'SEALED' THEN
    RAISE EXCEPTION 'the case is sealed' USING ERRCODE = 'check_violation', CONSTRAINT = 'case_sealed';
  END IF;
  RETURN NEW;
END $$;

-- What was written is never rewritten. Sealed columns are left out on purpose: a new key seals them anew.
CREATE FUNCTION casework.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was written about a case is never rewritten' USING ERRCODE = 'insufficient_privilege';
END $$;

DO $$
DECLARE
  one text;
  kept text;
BEGIN
  FOREACH one IN ARRAY ARRAY['situation', 'eligibility', 'source', 'risk_note', 'note', 'consent', 'writer'] LOOP
    EXECUTE format('CREATE TRIGGER unless_sealed BEFORE INSERT ON casework.%I
      FOR EACH ROW EXECUTE FUNCTION casework.refuse_when_sealed()', one);
  END LOOP;
  FOREACH one IN ARRAY ARRAY['step', 'situation', 'eligibility', 'source', 'risk_note', 'note', 'consent', 'consent_end', 'writer'] LOOP
    SELECT string_agg(quote_ident(column_name), ', ') INTO kept FROM information_schema.columns
      WHERE table_schema = 'casework' AND table_name = one
        AND column_name NOT LIKE '%\_sealed' AND column_name NOT LIKE 'withdrawn\_%';
    EXECUTE format('CREATE TRIGGER immutable BEFORE UPDATE OF %s OR DELETE OR TRUNCATE ON casework.%I
      FOR EACH STATEMENT EXECUTE FUNCTION casework.refuse()', kept, one);
  END LOOP;
END $$;
CREATE TRIGGER immutable BEFORE UPDATE OF id, reference, created_by, created_at OR DELETE OR TRUNCATE ON casework.case_file
  FOR EACH STATEMENT EXECUTE FUNCTION casework.refuse();
