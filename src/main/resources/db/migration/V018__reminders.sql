-- Until which day it was looked what waits for a member of staff. It moves on with the mail that tells them.
CREATE TABLE access.reminder (
  staff   bigint PRIMARY KEY REFERENCES access.staff,
  looked  date NOT NULL
);
