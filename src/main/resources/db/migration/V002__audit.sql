-- Who did what. Append-only and hash-chained: each entry's hash covers the one before it. No address, no case text.
CREATE TABLE audit.entry (
  no        bigint PRIMARY KEY CHECK (no > 0),
  at        timestamptz NOT NULL,
  actor     text NOT NULL,                 -- "staff:7", "person", "system"
  action    text NOT NULL,                 -- "newsletter.approved"
  subject   text NOT NULL,                 -- "newsletter:12"
  detail    text NOT NULL,                 -- canonical JSON
  previous  bytea NOT NULL CHECK (octet_length(previous) = 32),
  hash      bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32)
);

-- The end of the chain. Locking its row puts writers in order, so it is taken last in a transaction.
CREATE TABLE audit.head (
  one   boolean PRIMARY KEY DEFAULT true CHECK (one),
  no    bigint NOT NULL,
  hash  bytea NOT NULL
);
INSERT INTO audit.head VALUES (true, 0, decode(repeat('00', 32), 'hex'));

CREATE FUNCTION audit.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entry
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
REVOKE UPDATE, DELETE, TRUNCATE ON audit.entry FROM "${hub}";
