package org.tocsin.testing;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.tocsin.platform.database.ServerAddress;

/** What a thief of the database holds: every row of every table, read without the keys. */
public final class StolenCopy {
  private static final String TABLES =
      """
      SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
      WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
      """;

  private final List<String> tables = new ArrayList<>();
  private final String rows;

  private StolenCopy(ServerAddress database) throws SQLException {
    StringBuilder copy = new StringBuilder();
    try (Connection thief = TestPostgres.superuser(database);
        Statement statement = thief.createStatement()) {
      try (ResultSet found = statement.executeQuery(TABLES)) {
        while (found.next()) {
          tables.add(found.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet found = statement.executeQuery("SELECT t::text FROM " + table + " t")) {
          while (found.next()) {
            copy.append(found.getString(1)).append('\n');
          }
        }
      }
    }
    rows = copy.toString().toLowerCase(Locale.ROOT);
  }

  public static StolenCopy of(ServerAddress database) {
    try {
      return new StolenCopy(database);
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  public List<String> tables() {
    return tables;
  }

  /** As it is, in hexadecimal (as bytes are printed) or in base64, in any case of letters. */
  public boolean shows(String words) {
    byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    return has(words) || has(HexFormat.of().formatHex(bytes)) || has(base64);
  }

  private boolean has(String text) {
    return rows.contains(text.toLowerCase(Locale.ROOT));
  }
}
