-- Staff, what proves that they are who they say, and the tokens that act for them.
-- Who comes back after an end keeps the old number: two-person rules must know them again.
CREATE TABLE access.staff (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email_hash      bytea NOT NULL,
  email_sealed    bytea NOT NULL,
  name_sealed     bytea NOT NULL,
  password_hash   text,
  roles           text[] NOT NULL CHECK (cardinality(roles) > 0),
  state           text NOT NULL DEFAULT 'ACTIVE' CHECK (state IN ('ACTIVE', 'ENDED')),
  created_at      timestamptz NOT NULL,
  ended_at        timestamptz,
  CONSTRAINT one_staff_an_address UNIQUE (email_hash),
  CONSTRAINT ended_has_no_password CHECK (state <> 'ENDED' OR (password_hash IS NULL AND ended_at IS NOT NULL))
);

-- A session's secret is in a cookie; here is its digest, from which nobody gets back to it.
CREATE TABLE access.session (
  digest      bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
  staff       bigint NOT NULL REFERENCES access.staff,
  proved_by   text NOT NULL CHECK (proved_by IN ('PASSWORD', 'LINK')),
  created_at  timestamptz NOT NULL,
  seen_at     timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL
);
CREATE INDEX session_staff ON access.session (staff);

CREATE TABLE access.sign_in_link (
  digest      bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
  staff       bigint NOT NULL REFERENCES access.staff,
  created_at  timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  used_at     timestamptz
);
CREATE INDEX sign_in_link_staff ON access.sign_in_link (staff);

-- Who asked for a link by mail, known or not: written alike for both, looked at only after the answer was given.
CREATE TABLE access.link_request (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address_sealed  bytea NOT NULL,
  at              timestamptz NOT NULL
);

-- Tries that are counted, by keyed hash of the address or the source, to slow guessing and flooding down.
CREATE TABLE access.attempt (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject_hash  bytea NOT NULL,
  at            timestamptz NOT NULL
);
CREATE INDEX attempt_recent ON access.attempt (subject_hash, at);

CREATE TABLE access.api_token (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  digest      bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 32),
  staff       bigint NOT NULL REFERENCES access.staff,
  label       text NOT NULL,
  scope       text[] CHECK (cardinality(scope) > 0),   -- only these of the person's roles; all where null
  created_at  timestamptz NOT NULL,
  revoked_at  timestamptz
);
CREATE INDEX api_token_staff ON access.api_token (staff);

-- The answer once given to an Idempotency-Key. Without an answer it is a claim; the claim's number is its fence.
CREATE SEQUENCE access.idempotency_claim;
CREATE TABLE access.idempotency (
  scope         text NOT NULL,               -- who asked, and for what operation
  key_digest    bytea NOT NULL CHECK (octet_length(key_digest) = 32),
  body_digest   bytea NOT NULL CHECK (octet_length(body_digest) = 32),
  claim         bigint NOT NULL,
  claimed_at    timestamptz NOT NULL,
  status        smallint,
  answer        bytea,                        -- sealed: it may hold a secret that is shown once
  PRIMARY KEY (scope, key_digest),
  CONSTRAINT answered_whole CHECK ((status IS NULL) = (answer IS NULL))
);
CREATE INDEX idempotency_claimed ON access.idempotency (claimed_at);
