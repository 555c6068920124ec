-- Alerts: what is told of live cases to vetted members, in chains of messages. Texts are sealed; state words, dates,
-- numbers and references are not. The site and the courier get no right here, not even USAGE on the schema: what the
-- courier sends is the thin letter in engine.content, which holds nothing of it.
CREATE SCHEMA alerts;

-- A broadcast that its owner holds stays where it is, whoever presses "resume".
ALTER TABLE engine.broadcast ADD COLUMN held boolean NOT NULL DEFAULT false;
ALTER TABLE engine.broadcast ADD CONSTRAINT held_does_not_run CHECK (NOT held OR state NOT IN ('SNAPSHOTTING', 'RUNNING'));

-- One person alone can stop. What they send reaches only those whom a released message reached before.
ALTER TABLE engine.broadcast DROP CONSTRAINT two_people_released_it;
ALTER TABLE engine.broadcast ADD CONSTRAINT two_people_released_it CHECK (
  release IS NOT NULL OR lane IN (1, 3) OR (lane = 0 AND kind = 'alert.stopped' AND selection ? 'reached'));

-- Practice never reaches a production audience.
ALTER TABLE release.release ADD CONSTRAINT practice_stays_in_house CHECK (
  mode = 'ACTUAL' OR (channels = ARRAY['email'] AND audience #> '{email,selection,circles}' = '["drill"]'));

CREATE TABLE alerts.chain (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  reference       text NOT NULL UNIQUE CHECK (reference ~ '^[2-9B-DF-HJKMNP-TV-Z]{4}-[2-9B-DF-HJKMNP-TV-Z]{4}$'),
  case_file       bigint REFERENCES casework.case_file,
  mode            text NOT NULL CHECK (mode IN ('ACTUAL', 'EXERCISE', 'TEST')),
  created_by      bigint NOT NULL REFERENCES access.staff,
  created_at      timestamptz NOT NULL,
  ended           text CHECK (ended IN ('STOPPED', 'CLOSED')),
  reason          text CHECK (reason IN ('RELEASED', 'FAMILY_OR_LAWYER_ASKED', 'APPEALS_HARMFUL', 'ERROR',
                    'CONSENT_WITHDRAWN', 'SUPERSEDED', 'DEATH')),
  outcome_sealed  bytea,
  ended_by        bigint REFERENCES access.staff,
  ended_at        timestamptz,
  confirmed_by    bigint REFERENCES access.staff,
  confirmed_at    timestamptz,
  CONSTRAINT about_a_case CHECK (case_file IS NOT NULL OR mode <> 'ACTUAL'),
  CONSTRAINT ended_by_somebody CHECK (num_nonnulls(ended, ended_by, ended_at) IN (0, 3)),
  CONSTRAINT stopped_for_a_reason CHECK ((ended IS NOT DISTINCT FROM 'STOPPED') = (reason IS NOT NULL)),
  CONSTRAINT closed_with_an_outcome CHECK (ended IS DISTINCT FROM 'CLOSED' OR outcome_sealed IS NOT NULL),
  CONSTRAINT confirmed_by_another CHECK (confirmed_by <> ended_by),
  CONSTRAINT confirmed_when_stopped CHECK (confirmed_by IS NULL OR ended = 'STOPPED'),
  CONSTRAINT confirmation_is_dated CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
);
CREATE INDEX chain_case ON alerts.chain (case_file);

CREATE TABLE alerts.message (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  chain           bigint NOT NULL REFERENCES alerts.chain,
  no              int NOT NULL CHECK (no >= 0),
  type            text NOT NULL CHECK (type IN ('ALERT', 'UPDATE', 'STOP')),
  state           text NOT NULL DEFAULT 'DRAFT' CHECK (state IN ('DRAFT', 'IN_REVIEW', 'APPROVED', 'RELEASED', 'HELD')),
  version         int NOT NULL DEFAULT 1 CHECK (version > 0),
  draft_sealed    bytea,
  frozen_sealed   bytea,                     -- what was submitted, as it is sent and shown
  content_hash    bytea CHECK (octet_length(content_hash) = 32),
  returned_sealed bytea,
  act_by          date,                      -- the last day on which to act, in UTC
  approval        bigint REFERENCES release.approval,
  release         bigint UNIQUE REFERENCES release.release,
  not_before      timestamptz,
  waiting         boolean NOT NULL DEFAULT false,  -- released, and its last look is not over
  let_go_at       timestamptz,               -- when its sending first began
  told_at         timestamptz,               -- when those who poll for events were told
  held_from       text CHECK (held_from IN ('APPROVED', 'SCHEDULED', 'RELEASING', 'ACTIVE')),
  held_why        text CHECK (held_why IN ('STAFF', 'GATE')),
  held_by         bigint REFERENCES access.staff,
  held_at         timestamptz,
  resumed_by      bigint REFERENCES access.staff,  -- the first of two who want it to go on
  created_by      bigint REFERENCES access.staff,  -- none: a stop that a consent's end drafted
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  UNIQUE (chain, no),
  CONSTRAINT alert_comes_first CHECK ((type = 'ALERT') = (no = 0)),
  CONSTRAINT somebody_wrote_it CHECK (type = 'STOP' OR (created_by IS NOT NULL AND draft_sealed IS NOT NULL)),
  CONSTRAINT stop_has_no_text CHECK (type <> 'STOP' OR (draft_sealed IS NULL AND state IN ('DRAFT', 'RELEASED'))),
  CONSTRAINT approved_by_somebody CHECK (state <> 'APPROVED' OR approval IS NOT NULL),
  CONSTRAINT released_by_somebody CHECK (state <> 'RELEASED' OR type = 'STOP' OR (release IS NOT NULL AND not_before IS NOT NULL)),
  CONSTRAINT waiting_when_released CHECK (NOT waiting OR (state = 'RELEASED' AND type <> 'STOP')),
  CONSTRAINT released_means_let_go_or_waiting CHECK (state <> 'RELEASED' OR waiting OR let_go_at IS NOT NULL),
  CONSTRAINT held_for_a_reason CHECK (num_nonnulls(held_from, held_why, held_at) = CASE WHEN state = 'HELD' THEN 3 ELSE 0 END),
  CONSTRAINT held_by_somebody CHECK (held_why IS DISTINCT FROM 'STAFF' OR held_by IS NOT NULL)
);
CREATE UNIQUE INDEX one_open_message ON alerts.message (chain) WHERE release IS NULL AND type <> 'STOP';
CREATE UNIQUE INDEX one_stop ON alerts.message (chain) WHERE type = 'STOP';
CREATE INDEX message_due ON alerts.message (not_before) WHERE waiting;

-- Which broadcasts carry a message.
CREATE TABLE alerts.sending (
  message    bigint NOT NULL REFERENCES alerts.message,
  channel    text NOT NULL,
  broadcast  bigint NOT NULL UNIQUE REFERENCES engine.broadcast,
  PRIMARY KEY (message, channel)
);

-- Whether any of its broadcasts is still to be sent or being sent.
CREATE FUNCTION alerts.under_way(one bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM alerts.sending s JOIN engine.broadcast b ON b.id = s.broadcast
    WHERE s.message = one AND b.finished_at IS NULL)
$$;

-- What a member did. Single reports never leave the staff.
CREATE TABLE alerts.report (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  chain         bigint NOT NULL REFERENCES alerts.chain,
  member        bigint NOT NULL,
  way           text NOT NULL CHECK (way IN ('WROTE', 'CALLED', 'MET', 'OTHER')),
  done_on       date NOT NULL,
  target_sealed bytea NOT NULL,
  reply_sealed  bytea NOT NULL,
  at            timestamptz NOT NULL
);
CREATE INDEX report_chain ON alerts.report (chain);

-- Chains and what was released are never unwritten.
CREATE FUNCTION alerts.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was alerted is never rewritten' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER immutable BEFORE UPDATE OF id, reference, case_file, mode, created_by, created_at OR DELETE OR TRUNCATE ON alerts.chain
  FOR EACH STATEMENT EXECUTE FUNCTION alerts.refuse();
CREATE TRIGGER immutable BEFORE UPDATE OF id, chain, no, type, created_by, created_at OR DELETE OR TRUNCATE ON alerts.message
  FOR EACH STATEMENT EXECUTE FUNCTION alerts.refuse();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON alerts.sending
  FOR EACH STATEMENT EXECUTE FUNCTION alerts.refuse();
CREATE TRIGGER immutable BEFORE UPDATE OF id, chain, member, way, done_on, at OR DELETE OR TRUNCATE ON alerts.report
  FOR EACH STATEMENT EXECUTE FUNCTION alerts.refuse();

-- A chain that was stopped stays so (one that was closed can still be stopped), and a released message keeps its words.
CREATE FUNCTION alerts.keep_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended IS NOT NULL AND (OLD.ended = 'STOPPED' OR NEW.ended IS DISTINCT FROM 'STOPPED') AND (NEW.ended, NEW.reason, NEW.ended_by, NEW.ended_at)
      IS DISTINCT FROM (OLD.ended, OLD.reason, OLD.ended_by, OLD.ended_at) THEN
    RAISE EXCEPTION 'the chain has ended' USING ERRCODE = 'check_violation', CONSTRAINT = 'chain_ended';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_end BEFORE UPDATE ON alerts.chain FOR EACH ROW EXECUTE FUNCTION alerts.keep_end();

CREATE FUNCTION alerts.keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.release IS NOT NULL AND (NEW.release, NEW.content_hash, NEW.act_by)
      IS DISTINCT FROM (OLD.release, OLD.content_hash, OLD.act_by) THEN
    RAISE EXCEPTION 'the message was released' USING ERRCODE = 'check_violation', CONSTRAINT = 'already_released';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_words BEFORE UPDATE OF release, content_hash, act_by ON alerts.message
  FOR EACH ROW EXECUTE FUNCTION alerts.keep_words();
