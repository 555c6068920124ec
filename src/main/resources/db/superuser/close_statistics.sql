-- Takes PostgreSQL's own statistics, sizes and locks from everybody but the roles named in tocsin.keep. By themselves any role may ask how
-- many rows a table has that it may not read, and when somebody last wrote to it, so the public site's role could watch casework grow.
-- To be run by a superuser in the hub's database, once and again after an upgrade of PostgreSQL; more than once does no harm:
--   psql -d tocsin -c "SET tocsin.keep = 'tocsin_hub'" -f close_statistics.sql
DO $close$
DECLARE
  keep text := (SELECT string_agg(quote_ident(name), ', ') FROM unnest(string_to_array(current_setting('tocsin.keep'), ',')) AS name);
  thing text;
BEGIN
  -- Functions: the views' too, since a view asks them as whoever reads it.
  FOR thing IN
    SELECT p.oid::regprocedure::text FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' AND (
      p.proname ~ '^pg_stat(io)?_'
      OR p.proname ~ '^pg_(relation|total_relation|table|indexes|database|tablespace)_size$'
      OR p.proname ~ '^pg_(current|last)_(wal|xact|snapshot|committed)'
      OR p.proname ~ '^pg_(wal_|walfile_|get_wal_|xact_|control_|lock_status|prepared_xact|safe_snapshot_|blocking_pids)'
      OR p.proname ~ '^txid_(current|status)'
      -- The same facts by other names: the file and so each rewriting of a table, the end of the log, the counter of transactions.
      OR p.proname ~ '^pg_(relation_file(node|path)|filenode_relation|logical_emit_message)$'
      OR p.proname = 'mxid_age' OR p.oid = 'pg_catalog.age(xid)'::regprocedure)
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', thing);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', thing, keep);
  END LOOP;
  FOR thing IN
    SELECT c.oid::regclass::text FROM pg_catalog.pg_class c
    WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'v'
      AND (c.relname ~ '^pg_stat(io)?_' OR c.relname IN ('pg_locks', 'pg_prepared_xacts', 'pg_shmem_allocations'))
  LOOP
    EXECUTE format('REVOKE SELECT ON %s FROM PUBLIC', thing);
    EXECUTE format('GRANT SELECT ON %s TO %s', thing, keep);
  END LOOP;
  -- The planner's count of rows and pages stands in pg_class, of which everybody needs the rest.
  REVOKE SELECT ON pg_catalog.pg_class FROM PUBLIC;
  EXECUTE (
    SELECT format('GRANT SELECT (%s) ON pg_catalog.pg_class TO PUBLIC', string_agg(quote_ident(a.attname), ', '))
    FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = 'pg_catalog.pg_class'::regclass AND NOT a.attisdropped
      AND a.attname NOT IN ('reltuples', 'relpages', 'relallvisible', 'relallfrozen', 'relfilenode', 'relfrozenxid', 'relminmxid',
        'xmin', 'xmax', 'cmin', 'cmax', 'ctid'));
  EXECUTE format('GRANT SELECT ON pg_catalog.pg_class TO %s', keep);
END $close$;
