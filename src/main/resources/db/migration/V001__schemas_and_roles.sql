-- Three roles share this database:
--   ${hub}      owns the schema; staff pages, API, people's own pages, housekeeping
--   ${site}     the public site: reads what is published, leaves sign-up requests, reads no person
--   ${courier}  delivery: reads and settles deliveries, reads no casework and no drafts
-- Every right of the site and the courier is granted by name, table by table; nothing is granted by default.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO "${hub}";

CREATE SCHEMA audit;
CREATE SCHEMA access;
CREATE SCHEMA engine;
CREATE SCHEMA people;
CREATE SCHEMA network;
CREATE SCHEMA release;
CREATE SCHEMA publications;

GRANT USAGE ON SCHEMA engine, people, network TO "${courier}";
GRANT USAGE ON SCHEMA publications, people TO "${site}";
