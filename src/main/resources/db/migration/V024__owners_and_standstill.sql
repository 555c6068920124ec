-- A broadcast belongs to somebody: the feature that started it, by whose rules alone it is paused, resumed, cancelled or
-- opened again. Whose it is was never written down; what cannot be told any more belongs to nobody and takes no verb.
ALTER TABLE engine.broadcast ADD COLUMN owner text NOT NULL DEFAULT 'unknown';
UPDATE engine.broadcast b SET owner = CASE
  WHEN lane = 1 AND audience = 'direct' THEN 'direct'
  WHEN EXISTS (SELECT FROM alerts.sending s WHERE s.broadcast = b.id) THEN 'alert'
  WHEN EXISTS (SELECT FROM calls.call c WHERE c.broadcast = b.id) THEN 'call'
  WHEN kind = 'newsletter' OR kind LIKE 'newsletter.%' THEN 'newsletter'
  ELSE 'unknown' END;

CREATE FUNCTION engine.keep_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a broadcast keeps its owner' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER keep_owner BEFORE UPDATE OF owner ON engine.broadcast FOR EACH STATEMENT EXECUTE FUNCTION engine.keep_owner();

-- Is over when it expires, however long it stood still: a call that nobody can answer any more.
ALTER TABLE engine.broadcast ADD COLUMN ends_on_time boolean NOT NULL DEFAULT false;
UPDATE engine.broadcast SET ends_on_time = true WHERE owner = 'call';

-- Hold everything: one person begins it, two end it. At most one is on.
CREATE TABLE engine.standstill (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  begun_by   bigint NOT NULL REFERENCES access.staff,
  begun_at   timestamptz NOT NULL,
  asked_by   bigint REFERENCES access.staff,   -- the first of two who want it to end
  asked_at   timestamptz,
  ended_by   bigint REFERENCES access.staff,
  ended_at   timestamptz,
  CONSTRAINT asked_when_somebody_did CHECK ((asked_by IS NULL) = (asked_at IS NULL)),
  CONSTRAINT ended_when_somebody_did CHECK ((ended_by IS NULL) = (ended_at IS NULL)),
  CONSTRAINT ended_by_two CHECK (ended_by IS NULL OR (asked_by IS NOT NULL AND asked_by <> ended_by))
);
CREATE UNIQUE INDEX one_standstill ON engine.standstill ((true)) WHERE ended_at IS NULL;

-- Since when it stands still with everything else. What was paused or held besides stays so when the standstill ends.
ALTER TABLE engine.broadcast ADD COLUMN halted_at timestamptz;
ALTER TABLE engine.broadcast ADD CONSTRAINT halted_does_not_run CHECK (halted_at IS NULL OR state = 'PAUSED');
CREATE INDEX broadcast_halted ON engine.broadcast (id) WHERE halted_at IS NOT NULL;

-- Letters to one person (sign-in, confirmation) and a stop go on; all else does not.
CREATE FUNCTION engine.may_be_halted(lane smallint, kind text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT lane <> 1 AND NOT (lane = 0 AND kind = 'alert.stopped')
$$;

-- Whoever starts something or lets it go on does so before the standstill, which waits for them and then halts it, or
-- after it, and what they started stands still. (The look comes after the lock, so it sees what the lock waited for.)
CREATE FUNCTION engine.stand_still() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IN ('SNAPSHOTTING', 'RUNNING') AND engine.may_be_halted(NEW.lane, NEW.kind) THEN
    PERFORM pg_advisory_xact_lock_shared(hashtext('engine.standstill'));
    IF EXISTS (SELECT FROM engine.standstill WHERE ended_at IS NULL) THEN
      NEW.state := 'PAUSED';
      NEW.halted_at := clock_timestamp();
    END IF;
  END IF;
  IF NEW.state <> 'PAUSED' THEN
    NEW.halted_at := NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stand_still BEFORE INSERT OR UPDATE OF state ON engine.broadcast
  FOR EACH ROW EXECUTE FUNCTION engine.stand_still();

-- Whether it reached anybody, or may have: the ledger says so, and nothing else does.
CREATE FUNCTION alerts.reached(one bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM alerts.sending s JOIN engine.segment g ON g.broadcast = s.broadcast
    WHERE s.message = one AND (g.sent > 0 OR g.in_doubt > 0))
$$;

-- UNSENT: its sends ended, and it reached nobody.
ALTER TABLE alerts.message DROP CONSTRAINT message_held_why_check;
ALTER TABLE alerts.message ADD CONSTRAINT message_held_why_check CHECK (held_why IN ('STAFF', 'GATE', 'UNSENT'));
