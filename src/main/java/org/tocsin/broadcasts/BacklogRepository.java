package org.tocsin.broadcasts;

import io.vertx.sqlclient.Row;
import java.util.List;
import org.tocsin.platform.database.Sql;

/** Reads, for operators, what of the engine's tables waits. Runs on the courier's role. */
final class BacklogRepository {
  /** A flush renews the lease by 30 s: that is when the watermark last moved, on any node. */
  private static final String OPEN =
      """
      SELECT b.channel, b.lane,
        coalesce(extract(epoch FROM clock_timestamp() - min(b.started_at) FILTER (WHERE s.ready)), 0)::float8 AS oldest_ready,
        extract(epoch FROM clock_timestamp() - max(coalesce(s.moved, b.started_at)))::float8 AS watermark
      FROM engine.broadcast b CROSS JOIN LATERAL (
        SELECT bool_or(state = 'READY') AS ready, bool_or(state <> 'DONE') AS open,
          max(lease_until) - interval '30 s' AS moved
        FROM engine.segment WHERE broadcast = b.id) s
      WHERE b.state = 'RUNNING' AND s.open GROUP BY b.channel, b.lane
      """;

  private static final String RETRIES =
      """
      SELECT channel, lane, count(*) AS waiting FROM engine.retry WHERE waits_for IN ('TRY', 'RELAY') GROUP BY channel, lane
      """;

  /** A lane that has something to send; ages in seconds. */
  record Open(String channel, Lane lane, double oldestReady, double watermark) {}

  /** How many deliveries of a lane are to be tried again. */
  record Retries(String channel, Lane lane, long waiting) {}

  List<Open> open(Sql courier) {
    return courier.list(
        OPEN,
        row ->
            new Open(
                row.getString("channel"),
                lane(row),
                row.getDouble("oldest_ready"),
                row.getDouble("watermark")));
  }

  List<Retries> retries(Sql courier) {
    return courier.list(
        RETRIES, row -> new Retries(row.getString("channel"), lane(row), row.getLong("waiting")));
  }

  private static Lane lane(Row row) {
    return Lane.of(row.getShort("lane"));
  }
}
