-- Subscribers. Addresses and names are sealed; the keyed hash finds them again.
CREATE TABLE people.subscriber (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address_hash    bytea NOT NULL UNIQUE,
  address_sealed  bytea NOT NULL,
  domain_hash     bytea NOT NULL,
  name_sealed     bytea,
  language        text NOT NULL,
  state           text NOT NULL CHECK (state IN ('PENDING', 'ACTIVE', 'PAUSED', 'UNSUBSCRIBED', 'BOUNCED', 'COMPLAINED')),
  source          text NOT NULL,              -- "sign-up", "import"
  consent_source  text NOT NULL,              -- where and how consent was given, in public words
  created_at      timestamptz NOT NULL,
  confirmed_at    timestamptz,
  pending_until   timestamptz,
  links           int NOT NULL DEFAULT 1,     -- generation of this person's links; a new address ends the old ones
  CONSTRAINT pending_ends CHECK (state <> 'PENDING' OR pending_until IS NOT NULL)
);
CREATE INDEX subscriber_pending ON people.subscriber (pending_until) WHERE state = 'PENDING';

-- A row is a wish for one topic. Left topics keep their row: an import never overwrites a "no".
CREATE TABLE people.subscription (
  subscriber  bigint NOT NULL REFERENCES people.subscriber ON DELETE CASCADE,
  topic       text NOT NULL,
  state       text NOT NULL CHECK (state IN ('PENDING', 'ACTIVE', 'LEFT')),
  since       timestamptz NOT NULL,
  PRIMARY KEY (subscriber, topic)
);
CREATE INDEX subscription_topic ON people.subscription (topic, subscriber) WHERE state = 'ACTIVE';

-- What the public form leaves behind, sealed. The site may add a row and read none; the hub takes it from here.
CREATE TABLE people.sign_up_request (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind            text NOT NULL CHECK (kind IN ('SIGN_UP', 'LINK')),
  address_sealed  bytea NOT NULL,
  topics          text[] NOT NULL,
  language        text NOT NULL,
  source_hash     bytea NOT NULL,             -- keyed hash of the network the request came from
  at              timestamptz NOT NULL,
  retry_at        timestamptz,                -- set when taking it failed
  CONSTRAINT sign_up_has_topics CHECK ((kind = 'SIGN_UP') = (cardinality(topics) > 0))
);

-- Letters that a stranger can cause (confirmations, new links), for the caps per address and per source.
CREATE TABLE people.confirmation (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address_hash  bytea NOT NULL,
  source_hash   bytea NOT NULL,
  at            timestamptz NOT NULL
);
CREATE INDEX confirmation_address ON people.confirmation (address_hash, at);
CREATE INDEX confirmation_source ON people.confirmation (source_hash, at);

-- A change of address waits for a proof from both; a later wish replaces it.
CREATE TABLE people.address_change (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subscriber      bigint NOT NULL UNIQUE REFERENCES people.subscriber ON DELETE CASCADE,
  address_hash    bytea NOT NULL,
  address_sealed  bytea NOT NULL,
  domain_hash     bytea NOT NULL,
  old_proved_at   timestamptz,
  new_proved_at   timestamptz,
  asked_at        timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL
);

-- One import of one file. Each batch moves rows_done and counts in its own transaction, so that a second run
-- goes on where the first ended.
CREATE TABLE people.import (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  file_digest   bytea NOT NULL CHECK (octet_length(file_digest) = 32),
  options       text NOT NULL,               -- canonical JSON: topics, consent source
  rows_total    int NOT NULL,
  rows_done     int NOT NULL DEFAULT 0,
  counts        jsonb NOT NULL DEFAULT '{}',
  started_at    timestamptz NOT NULL,
  finished_at   timestamptz,
  UNIQUE (file_digest, options),
  CONSTRAINT done_fits CHECK (rows_done BETWEEN 0 AND rows_total),
  CONSTRAINT finished_when_done CHECK ((finished_at IS NOT NULL) = (rows_done = rows_total))
);

-- All the courier may know of a person, at the moment of sending.
CREATE VIEW people.addressee AS
  SELECT s.id, s.address_sealed, s.name_sealed, s.language, s.state, s.links,
         ARRAY(SELECT t.topic FROM people.subscription t WHERE t.subscriber = s.id AND t.state = 'ACTIVE') AS topics
  FROM people.subscriber s;

GRANT SELECT ON people.addressee TO "${courier}";
GRANT INSERT ON people.sign_up_request TO "${site}";
