package org.tocsin.platform.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * PostgreSQL's own knowledge of what lies in tables: by itself open to every role, also of tables
 * that the role may not read. A superuser closes it, by {@code close_statistics.sql}.
 */
final class Statistics {
  private static final String CLOSE = "/db/superuser/close_statistics.sql";

  /** What a role may still ask, one a row; {@code %1$s} is the role. */
  static final String OPEN =
      """
      SELECT 'numbers of rows (pg_stat_get_tuples_inserted)'
      WHERE has_function_privilege('%1$s', 'pg_catalog.pg_stat_get_tuples_inserted(oid)', 'EXECUTE')
      UNION ALL SELECT 'sizes (pg_relation_size)'
      WHERE has_function_privilege('%1$s', 'pg_catalog.pg_relation_size(regclass, text)', 'EXECUTE')
      UNION ALL SELECT 'the size of the database (pg_database_size)'
      WHERE has_function_privilege('%1$s', 'pg_catalog.pg_database_size(name)', 'EXECUTE')
      UNION ALL SELECT 'who is at work (pg_stat_activity, pg_locks)'
      WHERE has_table_privilege('%1$s', 'pg_catalog.pg_stat_activity', 'SELECT')
        OR has_table_privilege('%1$s', 'pg_catalog.pg_locks', 'SELECT')
      UNION ALL SELECT 'how much is written (age, pg_logical_emit_message, pg_relation_filenode)'
      WHERE has_function_privilege('%1$s', 'pg_catalog.age(xid)', 'EXECUTE')
        OR has_function_privilege('%1$s', 'pg_catalog.pg_relation_filenode(regclass)', 'EXECUTE')
      UNION ALL SELECT 'estimates of rows (pg_class.reltuples)'
      WHERE has_column_privilege('%1$s', 'pg_catalog.pg_class', 'reltuples', 'SELECT')
      """;

  private Statistics() {}

  /**
   * @param admin a superuser's, to the database
   * @param keep the role that may go on asking
   */
  static void close(Connection admin, String keep) throws SQLException {
    try (PreparedStatement set =
            admin.prepareStatement("SELECT set_config('tocsin.keep', ?, false)");
        Statement run = admin.createStatement()) {
      set.setString(1, keep);
      set.execute();
      run.execute(script());
    }
  }

  private static String script() {
    try (InputStream in = Statistics.class.getResourceAsStream(CLOSE)) {
      if (in == null) {
        throw new IllegalStateException("no " + CLOSE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
