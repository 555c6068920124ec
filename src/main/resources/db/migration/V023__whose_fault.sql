-- What was answered last to somebody who is tried again, or for what they wait: "451 4.7.1", "auth 535 5.7.8".
ALTER TABLE engine.retry ADD COLUMN code text NOT NULL DEFAULT '';

-- Who waits for the mail relay waits for no recipient's domain, and no try of theirs is spent on it.
ALTER TABLE engine.retry DROP CONSTRAINT retry_waits_for_check;
ALTER TABLE engine.retry ADD CONSTRAINT retry_waits_for_check CHECK (waits_for IN ('TRY', 'HOUR', 'RATE', 'RELAY', 'TURN'));

-- Why a group is closed; a channel's own way out, the mail relay, is a group too.
ALTER TABLE engine.grp ADD COLUMN why text NOT NULL DEFAULT '';

-- With what nearly all of the first hundred answers refused a message, where that was not about the addresses: the engine
-- itself pauses a newsletter then, and lets an alert go on. Taken away when somebody resumes it.
ALTER TABLE engine.broadcast ADD COLUMN refused_with text;
