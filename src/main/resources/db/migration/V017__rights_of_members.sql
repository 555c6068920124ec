-- Who wants mail once a day waits for it: the courier must know.
CREATE OR REPLACE VIEW members.addressee AS
  SELECT id, address_sealed, language, state, refused_sealed, travel_until, frequency FROM members.member;
