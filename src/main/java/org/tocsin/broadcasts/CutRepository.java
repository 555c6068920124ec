package org.tocsin.broadcasts;

import io.vertx.sqlclient.Row;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Sql;

/**
 * Owns {@code engine.cut}: the parts of the big tables, which are dropped whole. Each is detached
 * first, in a way that nobody who reads or writes the others waits for, nor for whom they wait.
 */
final class CutRepository {
  private static final List<String> TABLES = List.of("recipient", "outcome", "attempt");

  /**
   * All ids in it were given out, and all broadcasts in it ended so long ago ($1 months) and are
   * not needed any more, as their owners say in {@code engine.is_needed}.
   */
  private static final String TAKE =
      """
      UPDATE engine.cut SET leaving_since = clock_timestamp() WHERE first = (
        SELECT c.first FROM engine.cut c
        WHERE c.beyond <= (SELECT last_value + 1 FROM engine.broadcast_id_seq)
          AND (c.leaving_since IS NULL OR c.leaving_since < clock_timestamp() - interval '1 day')
          AND NOT EXISTS (SELECT FROM engine.broadcast b WHERE b.id >= c.first AND b.id < c.beyond
            AND (b.finished_at IS NULL OR b.finished_at > clock_timestamp() - make_interval(months => $1)
              OR engine.is_needed(b.id, clock_timestamp() - make_interval(months => $1))))
        ORDER BY c.first LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
      RETURNING first
      """;

  private static final String PART =
      """
      SELECT i.inhdetachpending AS leaving FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
      LEFT JOIN pg_inherits i ON i.inhrelid = t.oid WHERE n.nspname = 'engine' AND t.relname = $1
      """;
  private static final String DETACH =
      "ALTER TABLE engine.%s DETACH PARTITION engine.%s CONCURRENTLY";
  private static final String FINALIZE =
      "ALTER TABLE engine.%s DETACH PARTITION engine.%s FINALIZE";
  private static final String DROP = "DROP TABLE engine.%s";
  private static final String FORGET = "DELETE FROM engine.cut WHERE first = $1";
  private static final String HOLDS =
      "SELECT EXISTS (SELECT FROM engine.cut WHERE first <= $1 AND beyond > $1) AS held";

  /** How far a part of a cut is on its way out. */
  private enum Part {
    ATTACHED,
    LEAVING,
    DETACHED
  }

  /** The first id of one that is this node's to drop. */
  Optional<Long> take(Sql hub, Period kept) {
    return hub.find(TAKE, row -> row.getLong("first"), (int) kept.toTotalMonths());
  }

  /** Each statement on its own, as {@code CONCURRENTLY} wants it; goes on where a crash left it. */
  void drop(Database hub, long first) {
    for (String table : TABLES) {
      String part = table + "_" + first;
      hub.find(PART, CutRepository::part, part)
          .ifPresent(
              found -> {
                switch (found) {
                  case ATTACHED -> hub.run(DETACH.formatted(table, part));
                  case LEAVING -> hub.run(FINALIZE.formatted(table, part));
                  case DETACHED -> {}
                }
                hub.run(DROP.formatted(part));
              });
    }
    hub.run(FORGET, first);
  }

  private static Part part(Row row) {
    Boolean leaving = row.getBoolean("leaving");
    return leaving == null ? Part.DETACHED : leaving ? Part.LEAVING : Part.ATTACHED;
  }

  /** Whether the deliveries of a broadcast are still there. */
  boolean holds(Sql hub, BroadcastId id) {
    return hub.get(HOLDS, row -> row.getBoolean("held"), id.value());
  }
}
