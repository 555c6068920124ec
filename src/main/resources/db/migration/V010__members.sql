-- The members behind the wall. Whatever names a person is sealed; keyed hashes find it again.
CREATE SCHEMA members;
GRANT USAGE ON SCHEMA members TO "${courier}", "${site}";

-- The list of elected members, as imported. Section and year stand in the sealed entry too: together with a
-- public directory they would name a handful of people, and a member's row points here.
CREATE TABLE members.roster_entry (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  academy       text NOT NULL CHECK (academy IN ('NAS', 'NAE', 'NAM')),
  entry_sealed  bytea NOT NULL,               -- JSON: academy, name, address, section, year
  entry_hash    bytea NOT NULL UNIQUE,        -- of academy and address: what a row of a file is known by
  name_hash     bytea NOT NULL,               -- of academy and folded name: two people may share it
  address_hash  bytea NOT NULL,
  imported_at   timestamptz NOT NULL
);
CREATE INDEX roster_name ON members.roster_entry (name_hash);
CREATE INDEX roster_address ON members.roster_entry (address_hash);

-- What the public form leaves behind. The site may add a row and read none; the hub takes it from here.
CREATE TABLE members.application_request (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  request_sealed  bytea NOT NULL,
  source_hash     bytea NOT NULL,
  at              timestamptz NOT NULL,
  retry_at        timestamptz                 -- set when taking it failed
);

CREATE TABLE members.application (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  state           text NOT NULL CHECK (state IN
                    ('APPLIED', 'EMAIL_PROVEN', 'ROSTER_MATCHED', 'NEEDS_REVIEW', 'VERIFIED', 'ACCEPTED', 'REFUSED')),
  academy         text NOT NULL CHECK (academy IN ('NAS', 'NAE', 'NAM')),
  name_sealed     bytea NOT NULL,
  address_sealed  bytea NOT NULL,
  address_hash    bytea NOT NULL,
  language        text NOT NULL,
  letters         smallint NOT NULL DEFAULT 0 CHECK (letters BETWEEN 0 AND 3),   -- to the typed address
  proof_digest    bytea CHECK (octet_length(proof_digest) = 32),
  vouch_digest    bytea CHECK (octet_length(vouch_digest) = 32),
  roster          bigint REFERENCES members.roster_entry ON DELETE SET NULL,
  reason          text CHECK (reason IN ('NO_ENTRY', 'SEVERAL_ENTRIES', 'ENTRY_TAKEN', 'DISOWNED', 'STAFF')),
  applied_at      timestamptz NOT NULL,
  changed_at      timestamptz NOT NULL,
  CONSTRAINT matched_has_entry CHECK (state NOT IN ('ROSTER_MATCHED', 'VERIFIED') OR roster IS NOT NULL),
  CONSTRAINT review_and_refusal_say_why CHECK ((reason IS NOT NULL) = (state IN ('NEEDS_REVIEW', 'REFUSED'))),
  CONSTRAINT proof_is_for_the_applied CHECK (proof_digest IS NULL OR state = 'APPLIED'),
  CONSTRAINT vouch_is_for_the_matched CHECK (vouch_digest IS NULL OR state = 'ROSTER_MATCHED')
);
CREATE UNIQUE INDEX one_open_application_an_address ON members.application (address_hash)
  WHERE state NOT IN ('ACCEPTED', 'REFUSED');
CREATE UNIQUE INDEX one_open_application_an_entry ON members.application (roster)
  WHERE state IN ('ROSTER_MATCHED', 'VERIFIED');
CREATE UNIQUE INDEX application_proof ON members.application (proof_digest) WHERE proof_digest IS NOT NULL;
CREATE UNIQUE INDEX application_vouch ON members.application (vouch_digest) WHERE vouch_digest IS NOT NULL;
CREATE INDEX application_state ON members.application (state, id);

CREATE TABLE members.member (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  audience        text NOT NULL CHECK (audience IN ('correspondent', 'network', 'volunteer', 'drill')),
  state           text NOT NULL CHECK (state IN ('ACTIVE', 'SUSPENDED', 'ENDED')),
  name_sealed     bytea NOT NULL,
  address_sealed  bytea NOT NULL,
  address_hash    bytea NOT NULL,
  domain_hash     bytea NOT NULL,
  language        text NOT NULL,
  areas           text[] NOT NULL DEFAULT '{}',
  roster          bigint REFERENCES members.roster_entry ON DELETE SET NULL,
  since           timestamptz NOT NULL,
  checked_at      timestamptz NOT NULL,       -- when staff last looked whether this is still right
  ended_at        timestamptz,
  frequency       text NOT NULL DEFAULT 'IMMEDIATE' CHECK (frequency IN ('IMMEDIATE', 'DAILY')),
  refused_sealed  bytea NOT NULL,             -- JSON: countries not to receive; where somebody comes from shows in it
  travel_until    timestamptz,
  CONSTRAINT ended_is_dated CHECK ((state = 'ENDED') = (ended_at IS NOT NULL)),
  CONSTRAINT areas_are_for_volunteers CHECK (audience = 'volunteer' OR cardinality(areas) = 0)
);
CREATE UNIQUE INDEX one_membership_an_address ON members.member (address_hash) WHERE state <> 'ENDED';
CREATE UNIQUE INDEX one_membership_an_entry ON members.member (roster) WHERE state <> 'ENDED';
CREATE INDEX member_audience ON members.member (audience, id) WHERE state = 'ACTIVE';

-- A suspended or ended member is signed in nowhere, whoever wrote that state.
CREATE FUNCTION members.shut_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM members.session WHERE member = NEW.id;
  DELETE FROM members.sign_in_link WHERE member = NEW.id;
  RETURN NEW;
END $$;
CREATE TRIGGER shut_out AFTER UPDATE OF state ON members.member
  FOR EACH ROW WHEN (NEW.state <> 'ACTIVE') EXECUTE FUNCTION members.shut_out();

CREATE TABLE members.session (
  digest      bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
  member      bigint NOT NULL REFERENCES members.member ON DELETE CASCADE,
  created_at  timestamptz NOT NULL,
  seen_at     timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL
);
CREATE INDEX session_member ON members.session (member);

-- A link works in the browser that asked for it: that browser's cookie is the second half.
CREATE TABLE members.sign_in_link (
  digest          bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
  browser_digest  bytea NOT NULL CHECK (octet_length(browser_digest) = 32),
  member          bigint NOT NULL REFERENCES members.member ON DELETE CASCADE,
  expires_at      timestamptz NOT NULL
);
CREATE INDEX sign_in_link_member ON members.sign_in_link (member);

-- Who asked for a link, known or not: written alike for both, looked at only after the answer was given.
CREATE TABLE members.link_request (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address_sealed  bytea NOT NULL,
  browser_digest  bytea NOT NULL CHECK (octet_length(browser_digest) = 32),
  at              timestamptz NOT NULL
);

-- All the courier may know of a member, at the moment of sending.
CREATE VIEW members.addressee AS
  SELECT id, address_sealed, language, state, refused_sealed, travel_until FROM members.member;

GRANT SELECT ON members.addressee TO "${courier}";
GRANT INSERT ON members.application_request TO "${site}";
