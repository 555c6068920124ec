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
  disabled_reason    text CHECK (disabled_reason IN ('STAFF', 'GONE', 'FAILING')),
  consent            text CHECK (consent IN ('HANDSHAKE', 'CHALLENGE', 'DEMONSTRATION')),
  consent_at         timestamptz,
  consent_missing    text NOT NULL DEFAULT '',  -- why the last question was not answered: "HTTP 404", "timeout"
  events_per_minute  int CHECK (events_per_minute > 0),  -- what the handshake allows; none: as many as there are
  created_by         bigint NOT NULL REFERENCES access.staff,
  created_at         timestamptz NOT NULL,
  state_since        timestamptz NOT NULL,
  failing_since      timestamptz,
  CONSTRAINT consent_before_events CHECK (state NOT IN ('ACTIVE', 'DEGRADED') OR (consent IS NOT NULL AND consent_at IS NOT NULL)),
  CONSTRAINT disabled_for_a_reason CHECK ((state = 'DISABLED') = (disabled_reason IS NOT NULL)),
  CONSTRAINT degraded_while_failing CHECK ((state = 'DEGRADED') = (failing_since IS NOT NULL)),
  CONSTRAINT old_secret_ends CHECK ((old_secret_sealed IS NULL) = (old_secret_until IS NULL))
);
CREATE INDEX endpoint_listening ON network.endpoint (scope, id) WHERE state IN ('ACTIVE', 'DEGRADED');

-- An event is visible in its scope from visible_at on. The number inside the scope is what ids and cursors are made of.
CREATE TABLE network.event (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  scope        text NOT NULL CHECK (scope IN ('public', 'network')),
  scope_no     bigint NOT NULL,
  type         text NOT NULL,
  visible_at   timestamptz NOT NULL,
  body         json NOT NULL,                -- {"type", "timestamp", "data"}; not jsonb, which would reorder it
  release      bigint REFERENCES release.release,
  UNIQUE (scope, scope_no)
);
CREATE INDEX event_visible ON network.event (scope, visible_at, scope_no);
CREATE INDEX event_release ON network.event (release);

-- Numbers an event inside its scope, so that traffic in one scope tells nothing of another.
CREATE TABLE network.scope_counter (
  scope  text PRIMARY KEY,
  last   bigint NOT NULL
);
INSERT INTO network.scope_counter VALUES ('public', 0), ('network', 0);

-- All the courier may know of an endpoint, at the moment of sending.
GRANT SELECT (id, state, url_sealed, secret_sealed, old_secret_sealed, old_secret_until) ON network.endpoint TO "${courier}";
