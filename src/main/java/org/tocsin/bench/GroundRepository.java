package org.tocsin.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Asks a bench's database about itself, and burdens it. */
final class GroundRepository {
  private static final String SETTING = "SELECT current_setting($1) AS value";
  private static final List<String> SETTINGS =
      List.of("server_version", "synchronous_commit", "fsync", "shared_buffers", "max_wal_size");
  private static final String FROZEN =
      "SELECT snapshot_done FROM engine.broadcast WHERE channel = 'email' AND lane = 2 ORDER BY id DESC LIMIT 1";
  private static final String BARE_TABLE =
      """
      CREATE TABLE bare (broadcast bigint NOT NULL, segment int NOT NULL, ord smallint NOT NULL,
        target bigint NOT NULL, holes bytea, PRIMARY KEY (broadcast, segment, ord), UNIQUE (broadcast, target))
      """;
  private static final String BARE_ROWS =
      "INSERT INTO bare SELECT 1, i / 1000, i % 1000, i FROM generate_series(1, $1) AS i";

  /** In the cut of the broadcasts that are over, as if there had been a great many. */
  private static final String OLD_OUTCOMES =
      """
      INSERT INTO engine.outcome (broadcast, segment, ord, turn, result, code, attempt)
      SELECT (SELECT min(id) FROM engine.broadcast WHERE state = 'COMPLETED'), 1000000 + i / 1000, i % 1000, 0, 'SENT', '250', 1
      FROM generate_series($1::int, $2::int) AS i
      """;

  private static final String SILENCE =
      """
      UPDATE network.endpoint SET state = 'DISABLED', disabled_reason = 'STAFF', consent = NULL, consent_at = NULL,
        failing_since = NULL
      """;

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
    sql.run("ANALYZE people.subscriber, people.subscription, network.endpoint");
  }

  /** Ends what a demonstration has of endpoints. */
  void silence(Sql sql) {
    sql.run(SILENCE);
  }

  /** Whether all recipients of the last newsletter are there. */
  boolean frozen(Sql sql) {
    return sql.find(FROZEN, row -> row.getBoolean("snapshot_done")).orElse(false);
  }

  /** A table like that of the recipients, filled by a single statement. */
  void bareRows(Sql sql, int many) {
    sql.run("DROP TABLE IF EXISTS bare");
    sql.run(BARE_TABLE);
    sql.run(BARE_ROWS, many);
  }

  void oldOutcomes(Sql sql, int first, int last) {
    sql.run(OLD_OUTCOMES, first, last);
  }

  /** From here on the transaction sees no newer row, and nothing it could see is cleaned up. */
  void hold(Tx tx) {
    tx.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    tx.run("SELECT count(*) FROM engine.broadcast");
  }
}
