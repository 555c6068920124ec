package org.tocsin.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.tocsin.platform.database.ServerAddress;

/**
 * Counts in the database what was created there, whatever becomes of it later; what is rolled back
 * was not created. Can end a session at the worst moment.
 */
public final class CreationLog {
  private static final String SET_UP =
      """
      CREATE TABLE public.created (at timestamptz DEFAULT now());
      CREATE TABLE public.ending (at timestamptz DEFAULT now());
      CREATE FUNCTION public.note_creation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
        'BEGIN INSERT INTO public.created DEFAULT VALUES; RETURN NEW; END';
      CREATE FUNCTION public.end_session() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
        'BEGIN IF EXISTS (SELECT FROM public.ending)
          THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END';
      CREATE TRIGGER note AFTER INSERT ON publications.newsletter
        FOR EACH ROW EXECUTE FUNCTION public.note_creation();
      CREATE TRIGGER note AFTER INSERT ON network.endpoint
        FOR EACH ROW EXECUTE FUNCTION public.note_creation();
      CREATE TRIGGER note AFTER INSERT ON casework.case_file
        FOR EACH ROW EXECUTE FUNCTION public.note_creation();
      CREATE TRIGGER note AFTER INSERT ON alerts.message
        FOR EACH ROW EXECUTE FUNCTION public.note_creation();
      CREATE TRIGGER note AFTER INSERT ON people.sign_up_request
        FOR EACH ROW EXECUTE FUNCTION public.note_creation();
      CREATE TRIGGER ending BEFORE UPDATE OF answer ON access.idempotency
        FOR EACH ROW EXECUTE FUNCTION public.end_session();
      """;

  private final ServerAddress database;

  private CreationLog(ServerAddress database) {
    this.database = database;
  }

  public static CreationLog over(ServerAddress database) {
    CreationLog log = new CreationLog(database);
    log.execute(SET_UP);
    return log;
  }

  public void clear() {
    execute("TRUNCATE public.created");
  }

  public long created() {
    try (Connection connection = TestPostgres.superuser(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM public.created")) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** As if the server died under whoever is about to keep an answer to an Idempotency-Key. */
  public void endSessionsThatKeepAnAnswer(boolean end) {
    execute(end ? "INSERT INTO public.ending DEFAULT VALUES" : "TRUNCATE public.ending");
  }

  private void execute(String sql) {
    try (Connection connection = TestPostgres.superuser(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
