-- Staff, what proves that they are who they say, and the tokens that act for them.
CREATE TABLE access.staff (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email_hash      bytea NOT NULL UNIQUE,
  email_sealed    bytea NOT NULL,
  name_sealed     bytea NOT NULL,
  password_hash   text,
  roles           text[] NOT NULL CHECK (cardinality(roles) > 0),
  state           text NOT NULL DEFAULT 'ACTIVE' CHECK (state IN ('ACTIVE', 'ENDED')),
  created_at      timestamptz NOT NULL
);

CREATE TABLE access.session (
  digest      bytea PRIMARY KEY,
  staff       bigint NOT NULL REFERENCES access.staff,
  csrf        text NOT NULL,
  created_at  timestamptz NOT NULL,
  seen_at     timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL
);
CREATE INDEX session_staff ON access.session (staff);

CREATE TABLE access.sign_in_link (
  digest      bytea PRIMARY KEY,
  staff       bigint NOT NULL REFERENCES access.staff,
  created_at  timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  used_at     timestamptz
);

-- Failed sign-ins, by keyed hash of the address and of the source, to slow guessing down.
CREATE TABLE access.sign_in_failure (
  subject_hash  bytea NOT NULL,
  at            timestamptz NOT NULL
);
CREATE INDEX sign_in_failure_recent ON access.sign_in_failure (subject_hash, at);

CREATE TABLE access.api_token (
  digest      bytea PRIMARY KEY,
  staff       bigint NOT NULL REFERENCES access.staff,
  label       text NOT NULL,
  created_at  timestamptz NOT NULL,
  revoked_at  timestamptz
);

-- The answer once given to an Idempotency-Key.
CREATE TABLE access.idempotency (
  scope         text NOT NULL,               -- who asked, and for what operation
  key_digest    bytea NOT NULL,
  body_digest   bytea NOT NULL,
  status        smallint,
  answer        bytea,                        -- sealed: it may hold a secret that is shown once
  created_at    timestamptz NOT NULL,
  PRIMARY KEY (scope, key_digest)
);
