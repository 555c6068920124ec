-- Whom members write to, and what our own staff said to them. Who is addressed tells which countries and cases we work
-- on, so every text is sealed; states, dates, numbers and ids are not. The site and the courier get no right here, not
-- even USAGE on the schemas.
CREATE SCHEMA officials;
CREATE SCHEMA outreach;

CREATE TABLE officials.official (
  id                         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version                    int NOT NULL DEFAULT 1 CHECK (version > 0),
  office_sealed              bytea NOT NULL,
  holder_sealed              bytea NOT NULL,     -- empty where only the office is known
  body_sealed                bytea NOT NULL,
  country_sealed             bytea NOT NULL,     -- ISO 3166-1, user-assigned codes included
  postal_sealed              bytea NOT NULL,     -- lines
  email_sealed               bytea NOT NULL,     -- empty where there is none
  language_sealed            bytea NOT NULL,     -- BCP 47
  salutation_sealed          bytea NOT NULL,     -- in that language
  english_salutation_sealed  bytea NOT NULL,
  checked_on                 date NOT NULL,
  checked_by                 bigint NOT NULL REFERENCES access.staff,
  retired_at                 timestamptz,
  retired_by                 bigint REFERENCES access.staff,
  created_by                 bigint NOT NULL REFERENCES access.staff,
  created_at                 timestamptz NOT NULL,
  updated_at                 timestamptz NOT NULL,
  CONSTRAINT retired_by_somebody CHECK ((retired_at IS NULL) = (retired_by IS NULL))
);
-- Kept for good: letters and outreach were addressed to them.
CREATE TRIGGER immutable BEFORE UPDATE OF id, created_by, created_at OR DELETE OR TRUNCATE ON officials.official
  FOR EACH STATEMENT EXECUTE FUNCTION casework.refuse();

-- That a member of staff turned to an official about a case.
CREATE TABLE outreach.contact (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_file    bigint NOT NULL REFERENCES casework.case_file,
  official     bigint NOT NULL CONSTRAINT known_official REFERENCES officials.official,
  way          text NOT NULL CHECK (way IN ('LETTER', 'EMAIL', 'CALL', 'MEETING', 'OTHER')),
  made_on      date NOT NULL,
  note_sealed  bytea NOT NULL,
  written_by   bigint NOT NULL REFERENCES access.staff,
  at           timestamptz NOT NULL,
  UNIQUE (id, case_file)
);
CREATE INDEX contact_case ON outreach.contact (case_file);

-- What the official answered: for the case's team alone.
CREATE TABLE outreach.reply (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  contact      bigint NOT NULL,
  case_file    bigint NOT NULL,
  received_on  date NOT NULL,
  text_sealed  bytea NOT NULL,
  written_by   bigint NOT NULL REFERENCES access.staff,
  at           timestamptz NOT NULL,
  CONSTRAINT of_this_case FOREIGN KEY (contact, case_file) REFERENCES outreach.contact (id, case_file)
);
CREATE INDEX reply_case ON outreach.reply (case_file);

-- As with all that is kept of a case: nothing once it is sealed, and nothing is rewritten. Sealed columns are left out
-- on purpose: a new key seals them anew.
DO $$
DECLARE
  one text;
  kept text;
BEGIN
  FOREACH one IN ARRAY ARRAY['contact', 'reply'] LOOP
    EXECUTE format('CREATE TRIGGER unless_sealed BEFORE INSERT ON outreach.%I
      FOR EACH ROW EXECUTE FUNCTION casework.refuse_when_sealed()', one);
    SELECT string_agg(quote_ident(column_name), ', ') INTO kept FROM information_schema.columns
      WHERE table_schema = 'outreach' AND table_name = one AND column_name NOT LIKE '%\_sealed';
    EXECUTE format('CREATE TRIGGER immutable BEFORE UPDATE OF %s OR DELETE OR TRUNCATE ON outreach.%I
      FOR EACH STATEMENT EXECUTE FUNCTION casework.refuse()', kept, one);
  END LOOP;
END $$;
