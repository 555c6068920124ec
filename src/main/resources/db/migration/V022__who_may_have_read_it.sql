-- Whether the other side may have read something of a message is a property of the try: told beside the ledger, it moves
-- no counter, and no later try takes it back.
ALTER TABLE engine.attempt ADD COLUMN reached boolean NOT NULL DEFAULT false;
-- Of the alerts sent until now: whoever answered over HTTP had the request.
UPDATE engine.attempt a SET reached = true FROM engine.broadcast b
WHERE b.id = a.broadcast AND b.lane = 0 AND b.channel = 'webhook' AND a.code LIKE 'HTTP %';

-- A stop waits for nobody's throttle. What goes in lane 0 without a release is one (see two_people_released_it).
ALTER TABLE engine.broadcast ADD COLUMN stop boolean NOT NULL GENERATED ALWAYS AS (release IS NULL AND lane = 0) STORED;

-- Its rows are the first of their lane, in queues of their own.
ALTER TABLE engine.retry ADD COLUMN ordinary boolean NOT NULL DEFAULT true;
UPDATE engine.retry q SET ordinary = false FROM engine.broadcast b WHERE b.id = q.broadcast AND b.stop;
DROP INDEX engine.retry_due;
CREATE INDEX retry_due ON engine.retry (channel, lane, ordinary, grp, due_at) WHERE NOT parked;

-- While a mail domain is closed each stop knocks once at once, and all of them together once a minute. Null: may knock;
-- -infinity: it took one since it was closed, and takes the others.
ALTER TABLE engine.grp ADD COLUMN stop_not_before timestamptz;
ALTER TABLE engine.tally ADD COLUMN knocked boolean NOT NULL DEFAULT false;

-- An endpoint that staff disabled hears no stop either; one that its own answers disabled does.
GRANT SELECT (disabled_reason) ON network.endpoint TO "${courier}";
