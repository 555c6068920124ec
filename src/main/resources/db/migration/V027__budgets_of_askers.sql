-- What a stranger can use up is not what the owner needs: a link knows the browser that asked, a wish knows who asked.
-- Wishes that wait are some seconds old; who made one makes it again.
DELETE FROM access.link_request;
ALTER TABLE access.link_request
  ADD COLUMN browser_digest bytea NOT NULL CHECK (octet_length(browser_digest) = 32),
  ADD COLUMN source_hash bytea NOT NULL,           -- keyed hash of the network that asked
  ADD COLUMN marks text NOT NULL,                  -- tokens of earlier sign-ins that the browser carries
  ADD COLUMN forgotten boolean NOT NULL;           -- whether a new password was asked for

-- Printed links open in any browser. Mailed ones that are under way were bound to none and end here.
DELETE FROM access.sign_in_link WHERE used_at IS NULL AND expires_at <= created_at + interval '1 hour';
ALTER TABLE access.sign_in_link
  ADD COLUMN browser_digest bytea CHECK (octet_length(browser_digest) = 32),   -- null where nobody asked: it was printed
  ADD COLUMN anywhere boolean NOT NULL DEFAULT true,                           -- opens in any browser
  ADD COLUMN replaces_password boolean NOT NULL DEFAULT true,
  ADD COLUMN code_hash bytea,                                                  -- keyed: eight characters can be guessed
  ADD COLUMN code_until timestamptz,
  ADD COLUMN code_tries smallint NOT NULL DEFAULT 0 CHECK (code_tries BETWEEN 0 AND 5),
  ADD CONSTRAINT anywhere_or_bound CHECK (anywhere OR browser_digest IS NOT NULL),
  ADD CONSTRAINT anywhere_replaces_nothing_mailed CHECK (browser_digest IS NULL OR NOT (anywhere AND replaces_password)),
  ADD CONSTRAINT code_is_whole CHECK ((code_hash IS NULL) = (code_until IS NULL)),
  ADD CONSTRAINT code_is_bound CHECK (code_hash IS NULL OR browser_digest IS NOT NULL);
ALTER TABLE access.sign_in_link ALTER COLUMN anywhere DROP DEFAULT, ALTER COLUMN replaces_password DROP DEFAULT;
CREATE INDEX sign_in_link_browser ON access.sign_in_link (browser_digest) WHERE used_at IS NULL;

ALTER TABLE access.session DROP CONSTRAINT session_proved_by_check;
ALTER TABLE access.session ADD CONSTRAINT session_proved_by_check CHECK (proved_by IN ('PASSWORD', 'LINK', 'RESET'));

DELETE FROM members.link_request;
ALTER TABLE members.link_request
  ADD COLUMN source_hash bytea NOT NULL,
  ADD COLUMN marks text NOT NULL;
DELETE FROM members.sign_in_link;
ALTER TABLE members.sign_in_link
  ADD COLUMN anywhere boolean NOT NULL,
  ADD COLUMN code_hash bytea NOT NULL,
  ADD COLUMN code_until timestamptz NOT NULL,
  ADD COLUMN code_tries smallint NOT NULL DEFAULT 0 CHECK (code_tries BETWEEN 0 AND 5);
CREATE INDEX sign_in_link_browser ON members.sign_in_link (browser_digest);

-- Requests at a public form, by the network they came from, and when each may be answered: what is beyond the pace waits
-- its turn, what is beyond the cap is refused.
CREATE TABLE access.request_seen (
  source_hash  bytea NOT NULL,
  at           timestamptz NOT NULL
);
CREATE INDEX request_seen_source ON access.request_seen (source_hash, at);
CREATE TABLE access.letter_slot (
  source_hash  bytea NOT NULL,
  at           timestamptz NOT NULL
);
CREATE INDEX letter_slot_source ON access.letter_slot (source_hash, at);
GRANT SELECT, INSERT, UPDATE, DELETE ON access.request_seen, access.letter_slot TO "${hub}";

-- The site may count what it lets in and reads nobody: null where there is room, else when there is some again.
CREATE FUNCTION people.admit_request(source bytea, asked timestamptz, most int) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  seen int; first timestamptz; waiting int; turn timestamptz;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(encode(source, 'hex'), 27));
  SELECT count(*), min(at) INTO seen, first FROM access.request_seen
    WHERE source_hash = source AND at > asked - interval '1 hour';
  SELECT count(*), min(at) INTO waiting, turn FROM access.letter_slot WHERE source_hash = source AND at > asked;
  IF seen >= most THEN RETURN first + interval '1 hour'; END IF;
  IF waiting >= most THEN RETURN turn; END IF;
  INSERT INTO access.request_seen (source_hash, at) VALUES (source, asked);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION people.admit_request(bytea, timestamptz, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people.admit_request(bytea, timestamptz, int) TO "${site}", "${hub}";

-- Letters to one address are counted with all others that strangers cause (access.attempt).
DROP TABLE people.confirmation;
ALTER TABLE people.sign_up_request
  ADD COLUMN marks text NOT NULL DEFAULT '',
  ADD COLUMN slot_at timestamptz,                  -- its turn, where it must wait for one
  ADD COLUMN address_hash bytea,                   -- while it waits: one waiting letter an address
  ADD CONSTRAINT waits_under_its_address CHECK ((slot_at IS NULL) = (address_hash IS NULL));
CREATE UNIQUE INDEX one_waiting_letter_an_address ON people.sign_up_request (kind, address_hash);
ALTER TABLE members.application_request ADD COLUMN slot_at timestamptz;

-- What the pace, the cap and the traps of the form held back, by the hour. Of whom is not known.
CREATE TABLE people.sign_up_tally (
  hour  timestamptz NOT NULL,
  what  text NOT NULL CHECK (what IN ('POSTPONED', 'NETWORK', 'HONEYPOT', 'TOO_FAST')),
  n     bigint NOT NULL CHECK (n > 0),
  PRIMARY KEY (hour, what)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON people.sign_up_tally TO "${hub}";

-- Each letter to an applicant stands for what was typed when it was asked for, until it is used or its time is over.
CREATE TABLE members.application_letter (
  digest       bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
  application  bigint NOT NULL REFERENCES members.application ON DELETE CASCADE,
  form_sealed  bytea,                              -- null: what the application itself says
  at           timestamptz NOT NULL
);
CREATE INDEX application_letter_of ON members.application_letter (application);
INSERT INTO members.application_letter (digest, application, at)
  SELECT proof_digest, id, applied_at FROM members.application WHERE proof_digest IS NOT NULL;
DROP INDEX members.application_proof;
ALTER TABLE members.application DROP CONSTRAINT proof_is_for_the_applied, DROP COLUMN proof_digest, DROP COLUMN letters;
GRANT SELECT, INSERT, UPDATE, DELETE ON members.application_letter TO "${hub}";
