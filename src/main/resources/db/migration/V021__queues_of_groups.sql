-- Who waits for a group stands in its queue: nobody is claimed from it while it is closed, and no more than its rate lets in.
ALTER TABLE engine.grp ADD COLUMN per_second double precision CHECK (per_second > 0);
ALTER TABLE engine.retry ADD COLUMN grp bytea NOT NULL DEFAULT '';   -- keyed hash; empty where no group is waited for
-- Rows of a broadcast that is paused, out of the way of those who look for what is due. Both ways within seconds.
ALTER TABLE engine.retry ADD COLUMN parked boolean NOT NULL DEFAULT false;
DROP INDEX engine.retry_due;
CREATE INDEX retry_due ON engine.retry (channel, lane, grp, due_at) WHERE NOT parked;
CREATE INDEX retry_parked ON engine.retry (broadcast) WHERE parked;

GRANT SELECT (events_per_minute) ON network.endpoint TO "${courier}";

-- The names of buckets are keyed hashes too.
DELETE FROM engine.bucket;
