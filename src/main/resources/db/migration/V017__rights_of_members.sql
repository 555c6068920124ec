-- Who wants mail once a day waits for it: the courier must know.
CREATE OR REPLACE VIEW members.addressee AS
  SELECT id, address_sealed, language, state, refused_sealed, travel_until, frequency FROM members.member;

-- Who is erased leaves a number, when they came and went, and nothing that tells who they were.
ALTER TABLE members.member ADD COLUMN erased_at timestamptz;
ALTER TABLE members.member ALTER COLUMN name_sealed DROP NOT NULL, ALTER COLUMN address_sealed DROP NOT NULL,
  ALTER COLUMN address_hash DROP NOT NULL, ALTER COLUMN domain_hash DROP NOT NULL, ALTER COLUMN refused_sealed DROP NOT NULL;
ALTER TABLE members.member ADD CONSTRAINT erased_holds_nothing CHECK (
  CASE WHEN erased_at IS NULL THEN num_nonnulls(name_sealed, address_sealed, address_hash, domain_hash, refused_sealed) = 5
  ELSE state = 'ENDED' AND cardinality(areas) = 0
    AND num_nonnulls(name_sealed, address_sealed, address_hash, domain_hash, refused_sealed, roster, travel_until) = 0 END);

-- The letters to single persons, for who is erased.
CREATE INDEX recipient_holes ON engine.recipient (broadcast) WHERE holes IS NOT NULL;

-- A member's wish to be written to elsewhere, until both mailboxes have proved themselves.
CREATE TABLE members.address_change (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  member          bigint NOT NULL UNIQUE REFERENCES members.member ON DELETE CASCADE,
  address_sealed  bytea NOT NULL,
  address_hash    bytea NOT NULL,
  domain_hash     bytea NOT NULL,
  old_proved_at   timestamptz,
  new_proved_at   timestamptz,
  asked_at        timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL
);
