-- The big tables are only added to. They are cut by broadcast into partitions that are dropped whole: a range of ids for
-- small broadcasts, one of its own for each large one. There is no default partition: it would make ATTACH wait.
CREATE TABLE engine.cut (
  first      bigint PRIMARY KEY,            -- the first id of a broadcast in it
  beyond     bigint NOT NULL UNIQUE,        -- the first id that is not
  large      boolean NOT NULL,              -- one broadcast's own
  CONSTRAINT cut_is_no_gap CHECK (beyond > first),
  CONSTRAINT large_is_alone CHECK (NOT large OR beyond = first + 1)
);

ALTER TABLE engine.recipient RENAME TO recipient_old;
ALTER TABLE engine.outcome RENAME TO outcome_old;
ALTER TABLE engine.attempt RENAME TO attempt_old;

-- No references: the engine's own statements are fenced, and a check a row would cost more than the row.
CREATE TABLE engine.recipient (
  broadcast  bigint NOT NULL,
  segment    int NOT NULL,
  ord        smallint NOT NULL,
  target     bigint NOT NULL,                  -- a person or an endpoint, as its Audience numbers them
  holes      bytea,                            -- sealed JSON of what only this recipient's message has
  CONSTRAINT recipient_place PRIMARY KEY (broadcast, segment, ord),
  CONSTRAINT recipient_once UNIQUE (broadcast, target)
) PARTITION BY RANGE (broadcast);
CREATE INDEX recipient_with_holes ON engine.recipient (broadcast) WHERE holes IS NOT NULL;

-- One row per recipient and turn, never changed. The first turn is 0; "retry failed" opens the next.
CREATE TABLE engine.outcome (
  broadcast  bigint NOT NULL,
  segment    int NOT NULL,
  ord        smallint NOT NULL,
  turn       smallint NOT NULL DEFAULT 0,
  result     text NOT NULL CHECK (result IN ('SENT', 'FAILED', 'SUPPRESSED', 'WITHHELD', 'CANCELLED', 'IN_DOUBT')),
  code       text NOT NULL DEFAULT '',        -- "250", "550 5.1.1", "HTTP 410", "unsubscribed"
  attempt    smallint NOT NULL,
  in_doubt   boolean NOT NULL DEFAULT false,  -- an earlier try may have arrived too
  at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT outcome_once_a_turn PRIMARY KEY (broadcast, segment, ord, turn)
) PARTITION BY RANGE (broadcast);

-- Every try that did not settle the matter. Answers are sealed: servers echo addresses.
CREATE TABLE engine.attempt (
  broadcast  bigint NOT NULL,
  segment    int NOT NULL,
  ord        smallint NOT NULL,
  turn       smallint NOT NULL DEFAULT 0,
  attempt    smallint NOT NULL,
  code       text NOT NULL DEFAULT '',
  answer     bytea,
  at         timestamptz NOT NULL DEFAULT clock_timestamp()
) PARTITION BY RANGE (broadcast);
CREATE INDEX attempt_of_delivery ON engine.attempt (broadcast, segment, ord);

-- Made apart and then attached, so that nobody waits who reads or writes the others.
CREATE FUNCTION engine.make_cut(first bigint, beyond bigint, large boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['recipient', 'outcome', 'attempt'] LOOP
    EXECUTE format('CREATE TABLE engine.%1$I (LIKE engine.%2$I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name || '_' || first, name);
    EXECUTE format('ALTER TABLE engine.%1$I ADD CONSTRAINT in_cut CHECK (broadcast >= %2$s AND broadcast < %3$s)', name || '_' || first, first, beyond);
    EXECUTE format('ALTER TABLE engine.%2$I ATTACH PARTITION engine.%1$I FOR VALUES FROM (%3$s) TO (%4$s)', name || '_' || first, name, first, beyond);
    EXECUTE format('ALTER TABLE engine.%1$I DROP CONSTRAINT in_cut', name || '_' || first);
  END LOOP;
  INSERT INTO engine.cut VALUES (first, beyond, large);
END $$;

-- An id for a broadcast that gets a cut of its own: the next that no cut holds. Those between are not used.
CREATE FUNCTION engine.large_id() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE id bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('engine.cut'));
  SELECT greatest(coalesce(max(beyond), 1), (SELECT last_value + 1 FROM engine.broadcast_id_seq)) INTO id FROM engine.cut;
  PERFORM engine.make_cut(id, id + 1, true);
  PERFORM setval('engine.broadcast_id_seq', id);
  RETURN id;
END $$;

-- Nobody can begin a broadcast that no cut holds, whoever forgot to make the next in time.
CREATE FUNCTION engine.has_cut() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE start bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM engine.cut WHERE first <= NEW.id AND beyond > NEW.id) THEN
    PERFORM pg_advisory_xact_lock(hashtext('engine.cut'));
    IF NOT EXISTS (SELECT FROM engine.cut WHERE first <= NEW.id AND beyond > NEW.id) THEN
      SELECT coalesce(max(beyond), 1) INTO start FROM engine.cut;
      PERFORM engine.make_cut(start, greatest(start, NEW.id) + 4096, false);
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER has_cut BEFORE INSERT ON engine.broadcast FOR EACH ROW EXECUTE FUNCTION engine.has_cut();

SELECT engine.make_cut(1, 4097 + (SELECT coalesce(max(id), 0) FROM engine.broadcast), false);
INSERT INTO engine.recipient (broadcast, segment, ord, target, holes) SELECT broadcast, segment, ord, target, holes FROM engine.recipient_old;
INSERT INTO engine.outcome (broadcast, segment, ord, turn, result, code, attempt, in_doubt, at)
  SELECT broadcast, segment, ord, turn, result, code, attempt, in_doubt, at FROM engine.outcome_old;
INSERT INTO engine.attempt (broadcast, segment, ord, turn, attempt, code, answer, at)
  SELECT broadcast, segment, ord, turn, attempt, code, answer, at FROM engine.attempt_old;
DROP TABLE engine.recipient_old, engine.outcome_old, engine.attempt_old;

-- A group shares limits and fate: a mail domain (channel email), or an endpoint (channel webhook).
ALTER TABLE engine.grp
  ADD COLUMN channel  text NOT NULL DEFAULT 'email' CHECK (channel IN ('email', 'webhook')),
  ADD COLUMN name_sealed bytea,                     -- a small domain names a person
  ADD COLUMN strikes  smallint NOT NULL DEFAULT 0,  -- how often in a row it asked us to slow down
  DROP COLUMN open_until;
CREATE INDEX grp_waiting ON engine.grp (not_before) WHERE not_before IS NOT NULL;

-- How a group's deliveries of one broadcast went, told beside the ledger: written down once a second, so a crash may lose
-- the last of it, which the ledger never does.
CREATE TABLE engine.tally (
  broadcast  bigint NOT NULL REFERENCES engine.broadcast ON DELETE CASCADE,
  grp        bigint NOT NULL REFERENCES engine.grp,
  accepted   int NOT NULL DEFAULT 0,
  deferred   int NOT NULL DEFAULT 0,
  refused    int NOT NULL DEFAULT 0,
  PRIMARY KEY (broadcast, grp)
);

-- Rates, kept by all nodes together: each draws the next places in time before it sends. What a node drew and did not
-- use is lost, so all of them together send less than they may, never more.
CREATE TABLE engine.bucket (
  name   text PRIMARY KEY,                  -- "sender", "relay", "grp:17"
  drawn  timestamptz NOT NULL               -- all places before this moment are somebody's
);

-- Why somebody waits who has not been tried: for their hour, for their group's rate, or called back by a pause.
ALTER TABLE engine.retry ADD COLUMN waits_for text NOT NULL DEFAULT 'TRY' CHECK (waits_for IN ('TRY', 'HOUR', 'RATE', 'TURN'));
UPDATE engine.retry SET waits_for = 'HOUR' WHERE turn = 0 AND attempt = 0;

GRANT SELECT ON engine.recipient TO "${courier}";
GRANT SELECT, INSERT ON engine.outcome, engine.attempt TO "${courier}";
GRANT INSERT ON engine.grp TO "${courier}";
GRANT SELECT, INSERT, UPDATE ON engine.tally, engine.bucket TO "${courier}";
