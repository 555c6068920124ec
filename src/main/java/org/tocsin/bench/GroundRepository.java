package org.tocsin.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tocsin.platform.database.Sql;

/** Asks a bench's database about itself. */
final class GroundRepository {
  private static final String SETTING = "SELECT current_setting($1) AS value";
  private static final List<String> SETTINGS =
      List.of("server_version", "synchronous_commit", "fsync", "shared_buffers", "max_wal_size");

  /** What the figures depend on. */
  Map<String, String> settings(Sql sql) {
    Map<String, String> settings = new HashMap<>();
    for (String name : SETTINGS) {
      settings.put(name, sql.get(SETTING, row -> row.getString("value"), name));
    }
    return settings;
  }

  /** As autovacuum would by itself, a little later. */
  void analyze(Sql sql) {
    sql.run("ANALYZE people.subscriber, people.subscription");
  }
}
