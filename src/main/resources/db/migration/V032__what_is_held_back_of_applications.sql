-- Applications are held back as sign-ups are: one waiting letter an address, and counted. SPENT: a day's letters of
-- the address were out already.
ALTER TABLE people.sign_up_tally DROP CONSTRAINT sign_up_tally_what_check;
ALTER TABLE people.sign_up_tally ADD CONSTRAINT sign_up_tally_what_check CHECK (what IN
  ('POSTPONED', 'NETWORK', 'HONEYPOT', 'TOO_FAST', 'SPENT',
   'APPLICATION_POSTPONED', 'APPLICATION_NETWORK', 'APPLICATION_HONEYPOT', 'APPLICATION_TOO_FAST', 'APPLICATION_SPENT'));

-- What waits already keeps its turn without one.
ALTER TABLE members.application_request ADD COLUMN address_hash bytea;
CREATE UNIQUE INDEX one_waiting_application_an_address ON members.application_request (address_hash);
