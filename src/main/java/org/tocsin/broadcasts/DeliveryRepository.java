package org.tocsin.broadcasts;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.database.Sql;

/** Tells per recipient what the ledger tells in sum. */
final class DeliveryRepository {
  /**
   * A range cut off by cancel or STOP has no outcome rows: it is read off the segment's {@code
   * upto}. What is queued in the first turn without a try was put off by its audience.
   */
  private static final String PAGE =
      """
      SELECT r.segment, r.ord, r.target, coalesce(nullif(q.code, ''), o.code) AS code, o.in_doubt, o.at, q.due_at,
        coalesce(q.attempt, o.attempt, 0) AS attempt,
        CASE WHEN q.waits_for = 'HOUR' THEN 'WAITING'
             WHEN q.waits_for IN ('TRY', 'RELAY') THEN 'RETRYING'
             WHEN q.ord IS NOT NULL THEN 'PENDING'
             WHEN o.result IS NOT NULL THEN o.result
             WHEN r.ord > s.upto AND b.state = 'STOPPED' THEN 'WITHHELD'
             WHEN r.ord > s.upto THEN 'CANCELLED'
             ELSE 'PENDING' END AS state,
      """
          + ReachedRepository.MAY_HAVE_READ
          + """
            AS reached
          FROM engine.recipient r
          JOIN engine.broadcast b ON b.id = r.broadcast
          JOIN engine.segment s ON s.broadcast = r.broadcast AND s.no = r.segment
          LEFT JOIN engine.retry q ON q.broadcast = r.broadcast AND q.segment = r.segment AND q.ord = r.ord
          LEFT JOIN LATERAL (SELECT * FROM engine.outcome o WHERE o.broadcast = r.broadcast AND o.segment = r.segment
            AND o.ord = r.ord ORDER BY o.turn DESC LIMIT 1) o ON true
          WHERE r.broadcast = $1 AND (r.segment, r.ord) > ($2::int, $3::smallint)
          """;

  private static final String ALL = PAGE + "ORDER BY r.segment, r.ord LIMIT $4";
  private static final String IN_STATE =
      "SELECT * FROM (" + PAGE + ") d WHERE d.state = $5 ORDER BY segment, ord LIMIT $4";

  private static final String WITHOUT =
      "SELECT * FROM (" + PAGE + ") d WHERE d.state <> 'SENT' ORDER BY segment, ord LIMIT $4";

  private static final String WAITING =
      """
      SELECT waits_for, count(*)::int AS many, greatest(min(due_at), clock_timestamp()) AS next, max(code) AS why FROM engine.retry
      WHERE broadcast = $1 GROUP BY waits_for ORDER BY waits_for
      """;

  private final OpaqueIds ids;

  DeliveryRepository(OpaqueIds ids) {
    this.ids = ids;
  }

  List<Delivery> page(
      Sql sql, BroadcastId id, int segment, int ord, int limit, Optional<String> state) {
    return state
        .map(
            wanted ->
                sql.list(
                    IN_STATE,
                    row -> delivery(row, id),
                    id.value(),
                    segment,
                    (short) ord,
                    limit,
                    wanted))
        .orElseGet(
            () -> sql.list(ALL, row -> delivery(row, id), id.value(), segment, (short) ord, limit));
  }

  List<Delivery> without(Sql sql, BroadcastId id, int limit) {
    return sql.list(WITHOUT, row -> delivery(row, id), id.value(), 0, (short) 0, limit);
  }

  List<Waiting> waiting(Sql sql, BroadcastId id) {
    return sql.list(
        WAITING,
        row ->
            new Waiting(
                Waiting.Reason.valueOf(row.getString("waits_for")),
                row.getInteger("many"),
                row.getOffsetDateTime("next").toInstant(),
                row.getString("why")),
        id.value());
  }

  private Delivery delivery(Row row, BroadcastId id) {
    int segment = row.getInteger("segment");
    int ord = row.getShort("ord");
    return new Delivery(
        Courier.deliveryId(ids, id, segment, ord),
        row.getLong("target"),
        segment,
        ord,
        row.getString("state"),
        Optional.ofNullable(row.getString("code")).orElse(""),
        row.getShort("attempt"),
        Boolean.TRUE.equals(row.getBoolean("in_doubt")),
        row.getBoolean("reached"),
        Optional.ofNullable(row.getOffsetDateTime("at")).map(OffsetDateTime::toInstant),
        Optional.ofNullable(row.getOffsetDateTime("due_at")).map(OffsetDateTime::toInstant));
  }
}
