-- Newsletter issues: the desk's side, and the frozen public side that the site reads.
CREATE TABLE publications.newsletter (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  month          text NOT NULL UNIQUE CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  subject        text NOT NULL,
  preheader      text NOT NULL DEFAULT '',
  body_markdown  text NOT NULL,
  topics         text[] NOT NULL CHECK (cardinality(topics) > 0),
  state          text NOT NULL DEFAULT 'DRAFT' CHECK (state IN ('DRAFT', 'IN_REVIEW', 'APPROVED', 'RELEASED', 'WITHDRAWN')),
  content_hash   bytea NOT NULL CHECK (octet_length(content_hash) = 32),
  version        int NOT NULL DEFAULT 1,
  approval       bigint REFERENCES release.approval,
  release        bigint UNIQUE REFERENCES release.release,
  created_at     timestamptz NOT NULL,
  updated_at     timestamptz NOT NULL,
  CONSTRAINT approved_has_approval CHECK (state NOT IN ('APPROVED', 'RELEASED') OR approval IS NOT NULL),
  CONSTRAINT released_has_release CHECK (state <> 'RELEASED' OR release IS NOT NULL)
);

-- What the public sees, written at release and shown from visible_at on: nothing before, on any channel.
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
  search        tsvector GENERATED ALWAYS AS (to_tsvector('simple', subject || ' ' || preheader || ' ' || body_text)) STORED
);
CREATE INDEX published_newsletter_search ON publications.published_newsletter USING gin (search);
GRANT SELECT ON publications.published_newsletter TO "${site}";
