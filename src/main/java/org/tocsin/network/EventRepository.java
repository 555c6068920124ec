package org.tocsin.network;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code network.event} and {@code network.scope_counter}. */
final class EventRepository {
  private static final String NUMBER =
      "UPDATE network.scope_counter SET last = last + 1 WHERE scope = $1 RETURNING last";
  private static final String INSERT =
      """
      INSERT INTO network.event (scope, scope_no, type, visible_at, body, release)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;
  private static final String RECALL =
      "DELETE FROM network.event WHERE release = $1 AND visible_at > $2";
  private static final String AWAIT_PUBLISHERS =
      "SELECT last FROM network.scope_counter WHERE scope = $1 FOR SHARE";
  private static final String KNOWN =
      """
      SELECT EXISTS (SELECT FROM network.event WHERE scope = $1 AND scope_no = $2 AND visible_at <= $3) AS known
      """;
  private static final String FIRST =
      """
      SELECT scope_no, visible_at, body FROM network.event
      WHERE scope = $1 AND visible_at <= $2 ORDER BY visible_at, scope_no LIMIT $3
      """;
  private static final String AFTER =
      """
      SELECT scope_no, visible_at, body FROM network.event
      WHERE scope = $1 AND visible_at <= $2 AND (visible_at, scope_no) >
        (SELECT visible_at, scope_no FROM network.event WHERE scope = $1 AND scope_no = $4)
      ORDER BY visible_at, scope_no LIMIT $3
      """;

  /** A row as it is kept. */
  record Kept(long number, Instant visibleAt, JsonObject body) {
    static Kept of(Row row) {
      return new Kept(
          row.getLong("scope_no"),
          row.getOffsetDateTime("visible_at").toInstant(),
          row.getJsonObject("body"));
    }
  }

  /** The scope's next number; whoever publishes in it next waits for this transaction's end. */
  long number(Tx tx, Scope scope) {
    return tx.get(NUMBER, row -> row.getLong("last"), scope.word());
  }

  void insert(
      Tx tx,
      Scope scope,
      long number,
      EventType type,
      Instant visibleAt,
      JsonObject body,
      Optional<Long> release) {
    tx.run(
        INSERT,
        scope.word(),
        number,
        type.word(),
        visibleAt.atOffset(ZoneOffset.UTC),
        body,
        release.orElse(null));
  }

  void recall(Tx tx, long release, Instant now) {
    tx.run(RECALL, release, now.atOffset(ZoneOffset.UTC));
  }

  /** Returns when nobody is between {@link #number} and a commit; holds the next ones up. */
  void awaitPublishers(Tx tx, Scope scope) {
    tx.get(AWAIT_PUBLISHERS, row -> row.getLong("last"), scope.word());
  }

  boolean isVisible(Sql sql, Scope scope, long number, Instant until) {
    return sql.get(
        KNOWN,
        row -> row.getBoolean("known"),
        scope.word(),
        number,
        until.atOffset(ZoneOffset.UTC));
  }

  List<Kept> first(Sql sql, Scope scope, Instant until, int limit) {
    return sql.list(FIRST, Kept::of, scope.word(), until.atOffset(ZoneOffset.UTC), limit);
  }

  List<Kept> after(Sql sql, Scope scope, long number, Instant until, int limit) {
    return sql.list(AFTER, Kept::of, scope.word(), until.atOffset(ZoneOffset.UTC), limit, number);
  }
}
