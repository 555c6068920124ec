-- Webhook endpoints and the events they are told of.
CREATE TABLE network.endpoint (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  url_sealed         bytea NOT NULL,
  host               text NOT NULL,          -- for the staff's list; the path may hold a secret
  scope              text NOT NULL CHECK (scope IN ('public', 'network')),
  types              text[] NOT NULL CHECK (cardinality(types) > 0),
  description        text NOT NULL,
  contact_sealed     bytea NOT NULL,
  secret_sealed      bytea NOT NULL,         -- whsec_…
  old_secret_sealed  bytea,                  -- signs too until old_secret_until
  old_secret_until   timestamptz,
  state              text NOT NULL CHECK (state IN ('REGISTERED', 'CHALLENGED', 'ACTIVE', 'DEGRADED', 'DISABLED')),
  challenge_digest   bytea,
  created_by         bigint NOT NULL REFERENCES access.staff,
  created_at         timestamptz NOT NULL,
  state_since        timestamptz NOT NULL,
  failing_since      timestamptz
);

-- An event is visible in its scope from visible_at on. The number inside the scope is what cursors are made of.
CREATE TABLE network.event (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  scope        text NOT NULL CHECK (scope IN ('public', 'network')),
  scope_no     bigint NOT NULL,
  type         text NOT NULL,
  visible_at   timestamptz NOT NULL,
  body         jsonb NOT NULL,               -- {"type", "timestamp", "data"}
  release      bigint REFERENCES release.release,
  UNIQUE (scope, scope_no)
);
CREATE INDEX event_visible ON network.event (scope, visible_at, scope_no);

-- Numbers an event inside its scope, so that traffic in one scope tells nothing of another.
CREATE TABLE network.scope_counter (
  scope  text PRIMARY KEY,
  last   bigint NOT NULL
);
INSERT INTO network.scope_counter VALUES ('public', 0), ('network', 0);

GRANT SELECT ON network.endpoint TO "${courier}";
GRANT UPDATE (state, state_since, failing_since) ON network.endpoint TO "${courier}";
