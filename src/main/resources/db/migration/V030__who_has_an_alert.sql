-- An alert is out when a member was sent it, or may have been: the ledger of its letters says so, and nothing else does.
-- That an endpoint took the event says nothing of members; that none did takes the alert from nobody.
CREATE OR REPLACE FUNCTION alerts.reached(one bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM alerts.sending s JOIN engine.segment g ON g.broadcast = s.broadcast
    WHERE s.message = one AND s.channel = 'email' AND (g.sent > 0 OR g.in_doubt > 0))
$$;

-- Whether its letters are still to be sent or being sent: an endpoint may be tried for days after the last of them.
CREATE FUNCTION alerts.letters_under_way(one bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM alerts.sending s JOIN engine.broadcast b ON b.id = s.broadcast
    WHERE s.message = one AND s.channel = 'email' AND b.finished_at IS NULL)
$$;

-- Of a stop: how many of those it is for do not have it.
CREATE FUNCTION alerts.untold(one bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(b.total - coalesce((SELECT sum(g.sent) FROM engine.segment g WHERE g.broadcast = b.id), 0)), 0)::bigint
  FROM alerts.sending s JOIN engine.broadcast b ON b.id = s.broadcast WHERE s.message = one
$$;

-- Who read what of a chain in the portal, with or without a letter: a stop goes to them too.
CREATE TABLE alerts.reader (
  chain   bigint NOT NULL REFERENCES alerts.chain,
  member  bigint NOT NULL,
  at      timestamptz NOT NULL,              -- the first time
  PRIMARY KEY (chain, member)
);
CREATE INDEX reader_member ON alerts.reader (member);

-- Whether somebody may still ask who had a broadcast that is old. The engine asks and knows no owner; the owner answers.
-- An alert can be stopped for as long as its chain is open, and one that was closed a while after; its stop must find
-- whom it reached.
CREATE FUNCTION engine.is_needed(one bigint, since timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM alerts.sending s JOIN alerts.message m ON m.id = s.message JOIN alerts.chain c ON c.id = m.chain
    WHERE s.broadcast = one AND (c.ended IS NULL OR c.ended_at > since))
$$;
