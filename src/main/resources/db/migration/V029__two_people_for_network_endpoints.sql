-- What the network hears is for vetted academies, so its endpoints take two people of the staff: one registers, another confirms.
-- Until then an endpoint stays REGISTERED and nothing is sent to it. Endpoints that were there before stay as they are:
-- they alone are confirmed by nobody.
ALTER TABLE network.endpoint
  ADD COLUMN confirmed_by  bigint REFERENCES access.staff,
  ADD COLUMN confirmed_at  timestamptz;
UPDATE network.endpoint SET confirmed_at = now() WHERE scope = 'network';
ALTER TABLE network.endpoint
  ADD CONSTRAINT confirmed_by_another CHECK (confirmed_by <> created_by),
  ADD CONSTRAINT network_takes_two CHECK (scope = 'public' OR confirmed_at IS NOT NULL OR state IN ('REGISTERED', 'DISABLED'));

-- A confirmation is of this scope and this host: whoever changes one of them begins anew, whatever statement does it.
CREATE FUNCTION network.guard_confirmation() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' OR (NEW.scope, NEW.host, NEW.created_by) IS DISTINCT FROM (OLD.scope, OLD.host, OLD.created_by) THEN
    NEW.confirmed_by := NULL;
    NEW.confirmed_at := NULL;
  ELSIF (NEW.confirmed_by, NEW.confirmed_at) IS DISTINCT FROM (OLD.confirmed_by, OLD.confirmed_at)
      AND (NEW.confirmed_by IS NULL) <> (NEW.confirmed_at IS NULL) THEN
    RAISE EXCEPTION 'a confirmation names who confirmed' USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmed_by_somebody';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_confirmation BEFORE INSERT OR UPDATE ON network.endpoint
  FOR EACH ROW EXECUTE FUNCTION network.guard_confirmation();

-- Temporary tables are of no use to these roles. Whoever does not own the database is told by doctor.
DO $$
BEGIN
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;
