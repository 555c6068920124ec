-- What an issue says before it is public may name somebody, so it is sealed. SQL has no key: what an earlier version left
-- plain waits here, and the hub seals it before it serves (LeftPlain). From then on this table is empty.
CREATE TABLE publications.left_plain (
  newsletter  bigint NOT NULL REFERENCES publications.newsletter,
  form        text NOT NULL,               -- "words", or the form of a pressed issue
  content     jsonb NOT NULL,
  PRIMARY KEY (newsletter, form)
);
INSERT INTO publications.left_plain
  SELECT id, 'words', jsonb_build_object('subject', subject, 'preheader', preheader, 'markdown', body_markdown, 'returned', returned)
  FROM publications.newsletter
  UNION ALL SELECT newsletter, form, content FROM publications.pressed_newsletter;

ALTER TABLE publications.newsletter
  DROP COLUMN subject, DROP COLUMN preheader, DROP COLUMN body_markdown, DROP COLUMN returned,
  ADD COLUMN words_sealed bytea,           -- subject, preheader and Markdown
  ADD COLUMN returned_sealed bytea;        -- why the reviewer sent it back; none where nobody did
-- Not valid, for what waits to be sealed.
ALTER TABLE publications.newsletter ADD CONSTRAINT words_are_sealed CHECK (words_sealed IS NOT NULL) NOT VALID;

ALTER TABLE publications.pressed_newsletter DROP COLUMN content, ADD COLUMN content_sealed bytea;
ALTER TABLE publications.pressed_newsletter
  ADD CONSTRAINT content_is_sealed CHECK (content_sealed IS NOT NULL) NOT VALID;
-- What is frozen can be sealed with another key; that it still says the same is proved by its hash.
DROP TRIGGER press_only_drafts ON publications.pressed_newsletter;
CREATE TRIGGER press_only_drafts BEFORE INSERT OR UPDATE OF newsletter, form OR DELETE ON publications.pressed_newsletter
  FOR EACH ROW EXECUTE FUNCTION publications.press_only_drafts();

TRUNCATE publications.sketch;
ALTER TABLE publications.sketch DROP COLUMN draft, ADD COLUMN draft_sealed bytea NOT NULL;

-- What is scheduled stands in no table that is plain: its page and its event are written when their time comes.
DELETE FROM network.event e USING publications.newsletter n
  WHERE e.release = n.release AND n.state = 'RELEASED' AND n.visible_at > clock_timestamp() AND e.visible_at > clock_timestamp();
DELETE FROM publications.published_newsletter WHERE visible_at > clock_timestamp();
CREATE INDEX newsletter_to_publish ON publications.newsletter (visible_at) WHERE state = 'RELEASED';

-- The engine's copy of what goes to the public is sealed as well; its title is the month, which tells nothing.
ALTER TABLE engine.content ALTER COLUMN body DROP NOT NULL, ADD COLUMN body_sealed bytea,
  ADD CONSTRAINT one_body CHECK (num_nonnulls(body, body_sealed) = 1);
UPDATE engine.broadcast b SET title = n.month FROM publications.newsletter n
  WHERE n.release = b.release AND n.state = 'RELEASED' AND n.visible_at > clock_timestamp();

-- A text is looked through when it is approved, and what was found is known to whoever approves it and nobody else. A row is
-- written whatever was found.
ALTER TABLE publications.hold DROP CONSTRAINT hold_found_check, ADD CONSTRAINT hold_found_check CHECK (found >= 0);
CREATE OR REPLACE FUNCTION publications.refuse_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The last one counts: it was made because there was something else to look at than before.
  IF NOT EXISTS (SELECT FROM publications.hold h
      WHERE h.id = (SELECT max(id) FROM publications.hold WHERE newsletter = NEW.id AND content_hash = NEW.content_hash)
        AND (h.found = 0 OR EXISTS (SELECT FROM publications.clearance c WHERE c.hold = h.id))) THEN
    RAISE EXCEPTION 'nobody looked this text through' USING ERRCODE = 'check_violation', CONSTRAINT = 'held_for_review';
  END IF;
  RETURN NEW;
END $$;

-- Who handed in what, for the bound on how much one may; looked through afterwards, so that handing in takes the same time
-- whatever the text says.
CREATE TABLE publications.submission (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  newsletter    bigint NOT NULL REFERENCES publications.newsletter,
  content_hash  bytea NOT NULL CHECK (octet_length(content_hash) = 32),
  staff         bigint NOT NULL REFERENCES access.staff,
  at            timestamptz NOT NULL,
  words_sealed  bytea,                     -- what is to be looked through, until it was
  found         int,                       -- none while nobody looked
  CONSTRAINT looked_or_waits CHECK ((words_sealed IS NULL) = (found IS NOT NULL))
);
CREATE INDEX submission_staff ON publications.submission (staff, at);
CREATE INDEX submission_to_look_through ON publications.submission (id) WHERE found IS NULL;

-- That the texts of one editor named people of cases unusually often; for security_admin alone.
CREATE TABLE publications.leak_alarm (
  id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  staff  bigint NOT NULL REFERENCES access.staff,
  at     timestamptz NOT NULL
);
CREATE INDEX leak_alarm_staff ON publications.leak_alarm (staff, at);
