-- Who reads what is private. The first reading stands in the audit before the answer leaves; what the same person reads of
-- the same thing within ten minutes of it is counted here, and is one entry of the audit when they are over. Rows of all
-- nodes, and of one that has died: whichever node looks next writes that entry. Holds numbers and verbs, as the audit does.
CREATE TABLE audit.disclosure (
  actor    text NOT NULL,
  action   text NOT NULL,
  subject  text NOT NULL,
  since    timestamptz NOT NULL,                             -- the first reading
  times    integer NOT NULL DEFAULT 0 CHECK (times >= 0),    -- after the first
  shown    bigint NOT NULL DEFAULT 0 CHECK (shown >= 0),     -- of a list or a search, after the first
  PRIMARY KEY (actor, action, subject)
);
CREATE INDEX disclosure_over ON audit.disclosure (since);
