-- Newsletter issues: the desk's side, and the frozen public side that the site reads.
CREATE TABLE publications.newsletter (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  month          text NOT NULL CONSTRAINT month_taken UNIQUE CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  subject        text NOT NULL,
  preheader      text NOT NULL DEFAULT '',
  body_markdown  text NOT NULL,
  topics         text[] NOT NULL CHECK (cardinality(topics) > 0),
  state          text NOT NULL DEFAULT 'DRAFT' CHECK (state IN ('DRAFT', 'IN_REVIEW', 'APPROVED', 'RELEASED', 'WITHDRAWN')),
  content_hash   bytea NOT NULL CHECK (octet_length(content_hash) = 32),
  version        int NOT NULL DEFAULT 1,    -- of text and state together: a form that is older is refused
  returned       text NOT NULL DEFAULT '',  -- why the reviewer sent it back; the staff's words
  approval       bigint REFERENCES release.approval,
  release        bigint UNIQUE REFERENCES release.release,
  visible_at     timestamptz,
  withdrawn_at   timestamptz,
  created_at     timestamptz NOT NULL,
  updated_at     timestamptz NOT NULL,
  CONSTRAINT approved_has_approval CHECK ((approval IS NOT NULL) = (state IN ('APPROVED', 'RELEASED', 'WITHDRAWN'))),
  CONSTRAINT released_has_release
    CHECK ((release IS NOT NULL AND visible_at IS NOT NULL) = (state IN ('RELEASED', 'WITHDRAWN'))),
  CONSTRAINT withdrawn_has_its_time CHECK ((withdrawn_at IS NOT NULL) = (state = 'WITHDRAWN'))
);

-- What is sent, set when the issue is submitted, byte for byte: the page of the archive ("page") and one letter a
-- language ("letter.en"). Pressed anew only while the issue is a draft.
CREATE TABLE publications.pressed_newsletter (
  newsletter  bigint NOT NULL REFERENCES publications.newsletter,
  form        text NOT NULL,
  content     jsonb NOT NULL,
  PRIMARY KEY (newsletter, form)
);

CREATE FUNCTION publications.press_only_drafts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT state FROM publications.newsletter
      WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.newsletter ELSE NEW.newsletter END FOR UPDATE) <> 'DRAFT' THEN
    RAISE EXCEPTION 'what is in review is frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'pressed_is_frozen';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER press_only_drafts BEFORE INSERT OR UPDATE OR DELETE ON publications.pressed_newsletter
  FOR EACH ROW EXECUTE FUNCTION publications.press_only_drafts();

-- What the public sees, written at release and shown from visible_at on: nothing before, on any channel. A
-- withdrawn issue leaves its month and two dates here, and no word of what it said.
CREATE TABLE publications.published_newsletter (
  month         text PRIMARY KEY,
  subject       text NOT NULL,
  preheader     text NOT NULL,
  html          text NOT NULL,               -- the sanitised body
  body_text     text NOT NULL,
  topics        text[] NOT NULL,
  language      text NOT NULL,
  visible_at    timestamptz NOT NULL,
  withdrawn_at  timestamptz,
  words         regconfig NOT NULL,          -- how this language's words are folded
  search        tsvector GENERATED ALWAYS AS (
                  setweight(to_tsvector(words, subject || ' ' || preheader), 'A') ||
                  setweight(to_tsvector(words, body_text), 'B')) STORED,
  CONSTRAINT withdrawn_says_nothing
    CHECK (withdrawn_at IS NULL OR subject || preheader || html || body_text = ''),
  CONSTRAINT withdrawn_was_visible CHECK (withdrawn_at >= visible_at)
);
CREATE INDEX published_newsletter_order ON publications.published_newsletter (visible_at DESC, month DESC);
GRANT SELECT ON publications.published_newsletter TO "${site}";

-- What each editor is just writing, for the live preview; nobody else reads it, and a crash may take it.
CREATE UNLOGGED TABLE publications.sketch (
  staff  bigint PRIMARY KEY REFERENCES access.staff,
  draft  jsonb NOT NULL,
  at     timestamptz NOT NULL
);
