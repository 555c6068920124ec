-- A token ends, tells when it was last used, and its owner is told before it ends. Those made before this end in 90 days.
-- Its scope lists verbs as well as roles: 'read', a role's word, a permission's word; all of its owner's where null.
ALTER TABLE access.api_token RENAME COLUMN label TO name;
ALTER TABLE access.api_token
  ADD COLUMN expires_at      timestamptz,
  ADD COLUMN last_used_at    timestamptz,   -- to the minute
  ADD COLUMN next_notice_at  timestamptz;   -- when its owner is told next that it ends; null: not any more
UPDATE access.api_token SET
  expires_at = greatest(now(), created_at) + interval '90 days',
  next_notice_at = CASE WHEN revoked_at IS NULL THEN now() END;
ALTER TABLE access.api_token
  ALTER COLUMN expires_at SET NOT NULL,
  ADD CONSTRAINT ends_after_it_began CHECK (expires_at > created_at);
CREATE INDEX api_token_notice ON access.api_token (next_notice_at) WHERE revoked_at IS NULL;

-- What a request with an Idempotency-Key is known by is keyed from now on, since a body or a visitor's network can be guessed. What was
-- kept under unkeyed hashes, for a day, goes.
DELETE FROM access.idempotency;
-- So is a file that was imported: of one with a single row the bare digest would tell whose it is. Whoever imports an old file again finds
-- everybody there already.
UPDATE people.import SET file_digest = sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));
