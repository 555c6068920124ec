-- The delivery engine: one broadcast is one released message on one channel.
CREATE TABLE engine.broadcast (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  release          bigint REFERENCES release.release,
  channel          text NOT NULL CHECK (channel IN ('email', 'webhook')),
  lane             smallint NOT NULL CHECK (lane BETWEEN 0 AND 3),
  kind             text NOT NULL,              -- "newsletter", "confirmation": for the mail's List-Id and Feedback-ID
  title            text NOT NULL,              -- for the staff's lists; public words only
  audience         text NOT NULL,              -- which Audience knows the recipients
  selection        jsonb NOT NULL,             -- what that Audience was asked for
  state            text NOT NULL DEFAULT 'SNAPSHOTTING'
                   CHECK (state IN ('SNAPSHOTTING', 'RUNNING', 'PAUSED', 'COMPLETED', 'CANCELLED', 'STOPPED')),
  control_epoch    int NOT NULL DEFAULT 0,
  snapshot_done    boolean NOT NULL DEFAULT false,
  snapshot_after   bigint NOT NULL DEFAULT 0,  -- the last target in the snapshot so far
  in_doubt_policy  text NOT NULL CHECK (in_doubt_policy IN ('RESEND', 'LIST')),
  total            int NOT NULL DEFAULT 0,
  segments         int NOT NULL DEFAULT 0,
  turn             smallint NOT NULL DEFAULT 0,
  not_before       timestamptz NOT NULL,
  expires_at       timestamptz NOT NULL,
  created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_at       timestamptz,
  finished_at      timestamptz,
  -- Only transactional mail (lane 1) and replays of what was released before (lane 3) go without a release.
  CONSTRAINT two_people_released_it CHECK (release IS NOT NULL OR lane IN (1, 3)),
  CONSTRAINT finished_when_ended CHECK ((finished_at IS NULL) = (state IN ('SNAPSHOTTING', 'RUNNING', 'PAUSED')))
);
CREATE INDEX broadcast_open ON engine.broadcast (state, not_before) WHERE state IN ('SNAPSHOTTING', 'RUNNING', 'PAUSED');
CREATE INDEX broadcast_release ON engine.broadcast (release);

-- What two people released goes where they said, to whom, and no sooner; nobody points it elsewhere afterwards.
CREATE FUNCTION engine.as_released() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE fits boolean := true;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    fits := NEW.not_before >= OLD.not_before AND (NEW.release, NEW.channel, NEW.audience, NEW.selection)
      IS NOT DISTINCT FROM (OLD.release, OLD.channel, OLD.audience, OLD.selection);
  ELSIF NEW.release IS NOT NULL THEN
    fits := EXISTS (SELECT FROM release.release r
      WHERE r.id = NEW.release AND NEW.channel = ANY (r.channels) AND NEW.not_before >= r.not_before
        AND coalesce(r.audience -> NEW.channel ->> 'audience', NEW.audience) = NEW.audience
        AND coalesce(r.audience -> NEW.channel -> 'selection', NEW.selection) = NEW.selection);
  END IF;
  IF NOT fits THEN
    RAISE EXCEPTION 'this is not what was released' USING ERRCODE = 'check_violation', CONSTRAINT = 'as_released';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER as_released BEFORE INSERT OR UPDATE OF release, channel, audience, selection, not_before ON engine.broadcast
  FOR EACH ROW EXECUTE FUNCTION engine.as_released();

-- What is sent, frozen at release, one row a language. The engine does not look inside.
CREATE TABLE engine.content (
  broadcast  bigint NOT NULL REFERENCES engine.broadcast ON DELETE CASCADE,
  language   text NOT NULL,
  body       jsonb NOT NULL,
  PRIMARY KEY (broadcast, language)
);

-- A group shares limits and fate: a mail domain or an endpoint.
CREATE TABLE engine.grp (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key_hash    bytea NOT NULL UNIQUE,
  not_before  timestamptz,
  open_until  timestamptz
);

CREATE TABLE engine.recipient (
  broadcast  bigint NOT NULL REFERENCES engine.broadcast ON DELETE CASCADE,
  segment    int NOT NULL,
  ord        smallint NOT NULL,
  target     bigint NOT NULL,                  -- a person or an endpoint, as its Audience numbers them
  holes      bytea,                            -- sealed JSON of what only this recipient's message has
  PRIMARY KEY (broadcast, segment, ord),
  UNIQUE (broadcast, target)
);

CREATE TABLE engine.segment (
  broadcast    bigint NOT NULL REFERENCES engine.broadcast ON DELETE CASCADE,
  no           int NOT NULL,
  lane         smallint NOT NULL,
  channel      text NOT NULL,
  grp          bigint REFERENCES engine.grp,   -- set where all recipients share one group
  state        text NOT NULL DEFAULT 'READY' CHECK (state IN ('READY', 'LEASED', 'DONE')),
  owner        uuid,
  epoch        int NOT NULL DEFAULT 0,
  lease_until  timestamptz,
  size         smallint NOT NULL CHECK (size BETWEEN 1 AND 1000),
  upto         smallint NOT NULL,
  sent_hi      smallint NOT NULL DEFAULT 0,
  settled      smallint NOT NULL DEFAULT 0,
  sent         smallint NOT NULL DEFAULT 0 CHECK (sent >= 0),
  failed       smallint NOT NULL DEFAULT 0 CHECK (failed >= 0),
  suppressed   smallint NOT NULL DEFAULT 0 CHECK (suppressed >= 0),
  withheld     smallint NOT NULL DEFAULT 0 CHECK (withheld >= 0),
  cancelled    smallint NOT NULL DEFAULT 0 CHECK (cancelled >= 0),
  in_doubt     smallint NOT NULL DEFAULT 0 CHECK (in_doubt >= 0),
  PRIMARY KEY (broadcast, no),
  CONSTRAINT watermark_order CHECK (0 <= settled AND settled <= sent_hi AND sent_hi <= upto AND upto <= size),
  CONSTRAINT ledger_fits CHECK (sent + failed + suppressed + withheld + cancelled + in_doubt <= size),
  CONSTRAINT done_when_settled CHECK (state <> 'DONE' OR settled = upto),
  CONSTRAINT leased_has_owner CHECK (state <> 'LEASED' OR (owner IS NOT NULL AND lease_until IS NOT NULL))
) WITH (fillfactor = 50);
CREATE INDEX segment_ready ON engine.segment (lane, channel, no, broadcast) WHERE state = 'READY';
CREATE INDEX segment_leased ON engine.segment (lane, channel, lease_until) WHERE state = 'LEASED';
CREATE INDEX segment_open ON engine.segment (broadcast) WHERE state <> 'DONE';

-- One row per recipient and turn, never changed. The first turn is 0; "retry failed" opens the next.
CREATE TABLE engine.outcome (
  broadcast  bigint NOT NULL REFERENCES engine.broadcast ON DELETE CASCADE,
  segment    int NOT NULL,
  ord        smallint NOT NULL,
  turn       smallint NOT NULL DEFAULT 0,
  result     text NOT NULL CHECK (result IN ('SENT', 'FAILED', 'SUPPRESSED', 'WITHHELD', 'CANCELLED', 'IN_DOUBT')),
  code       text NOT NULL DEFAULT '',        -- "250", "550 5.1.1", "HTTP 410", "unsubscribed"
  attempt    smallint NOT NULL,
  in_doubt   boolean NOT NULL DEFAULT false,  -- an earlier try may have arrived too
  at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (broadcast, segment, ord, turn)
);

-- Every try that did not settle the matter. Answers are sealed: servers echo addresses.
CREATE TABLE engine.attempt (
  broadcast  bigint NOT NULL REFERENCES engine.broadcast ON DELETE CASCADE,
  segment    int NOT NULL,
  ord        smallint NOT NULL,
  turn       smallint NOT NULL DEFAULT 0,
  attempt    smallint NOT NULL,
  code       text NOT NULL DEFAULT '',
  answer     bytea,
  at         timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX attempt_delivery ON engine.attempt (broadcast, segment, ord);

CREATE TABLE engine.retry (
  broadcast    bigint NOT NULL REFERENCES engine.broadcast ON DELETE CASCADE,
  segment      int NOT NULL,
  ord          smallint NOT NULL,
  turn         smallint NOT NULL DEFAULT 0,
  lane         smallint NOT NULL,
  channel      text NOT NULL,
  due_at       timestamptz NOT NULL,
  attempt      smallint NOT NULL,             -- tries so far in this turn
  first_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  in_doubt     boolean NOT NULL DEFAULT false,
  owner        uuid,
  epoch        int NOT NULL DEFAULT 0,
  lease_until  timestamptz,
  PRIMARY KEY (broadcast, segment, ord)
) WITH (fillfactor = 70);
CREATE INDEX retry_due ON engine.retry (lane, channel, due_at);

-- Addresses nobody may write to, by keyed hash; outlives erasure.
CREATE TABLE engine.suppression (
  address_hash  bytea PRIMARY KEY,
  reason        text NOT NULL CHECK (reason IN ('HARD_BOUNCE', 'COMPLAINT', 'ERASED', 'BLOCKED')),
  at            timestamptz NOT NULL DEFAULT clock_timestamp()
);

GRANT SELECT, UPDATE ON engine.broadcast TO "${courier}";
GRANT SELECT ON engine.content, engine.recipient, engine.suppression TO "${courier}";
GRANT SELECT, UPDATE ON engine.segment, engine.grp TO "${courier}";
GRANT SELECT, INSERT ON engine.outcome, engine.attempt TO "${courier}";
GRANT SELECT, INSERT, UPDATE, DELETE ON engine.retry TO "${courier}";
