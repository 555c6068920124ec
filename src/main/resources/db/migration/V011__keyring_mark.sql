-- One word sealed by the keyring that seals this database: another keyring, or a new one made because the first was
-- lost, does not open it and is refused before it writes anything.
CREATE TABLE access.keyring_mark (
  one          boolean PRIMARY KEY DEFAULT true CHECK (one),
  mark_sealed  bytea NOT NULL
);
