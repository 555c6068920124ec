package org.tocsin.broadcasts;

import java.util.List;
import org.tocsin.platform.database.Sql;

/** Reads off tries, outcomes and watermarks who was reached. Runs on the hub's role. */
final class ReachedRepository {
  /**
   * Of a recipient {@code r} in its segment {@code s}: whether anything of the message may have
   * been read. The one place that says it; whoever asks in SQL asks with this.
   */
  static final String MAY_HAVE_READ =
      """
      (
        EXISTS (SELECT FROM engine.outcome o WHERE o.broadcast = r.broadcast AND o.segment = r.segment AND o.ord = r.ord
          AND (o.in_doubt OR o.result IN ('SENT', 'IN_DOUBT')))
        OR EXISTS (SELECT FROM engine.attempt a WHERE a.broadcast = r.broadcast AND a.segment = r.segment AND a.ord = r.ord
          AND a.reached)
        OR EXISTS (SELECT FROM engine.retry q WHERE q.broadcast = r.broadcast AND q.segment = r.segment AND q.ord = r.ord
          AND (q.in_doubt OR q.lease_until IS NOT NULL))
        OR (r.ord <= s.sent_hi AND NOT EXISTS (SELECT FROM engine.outcome o
              WHERE o.broadcast = r.broadcast AND o.segment = r.segment AND o.ord = r.ord)
          AND NOT EXISTS (SELECT FROM engine.retry q
              WHERE q.broadcast = r.broadcast AND q.segment = r.segment AND q.ord = r.ord)))
      """;

  private static final String REACHED =
      """
      FROM engine.recipient r JOIN engine.segment s ON s.broadcast = r.broadcast AND s.no = r.segment
      WHERE r.broadcast = ANY($1) AND
      """
          + MAY_HAVE_READ;
  private static final String PAGE =
      "(SELECT DISTINCT r.target "
          + REACHED
          + " AND r.target > $3 ORDER BY r.target LIMIT $4) UNION SELECT other FROM"
          + " unnest($2::bigint[]) AS other WHERE other > $3 ORDER BY target LIMIT $4";
  private static final String COUNT =
      "SELECT count(*) AS many FROM (SELECT r.target "
          + REACHED
          + " UNION SELECT unnest($2::bigint[])) AS anybody";

  List<Long> after(Sql sql, Reached.Whom whom, long target, int limit) {
    return sql.list(
        PAGE, row -> row.getLong("target"), broadcasts(whom), others(whom), target, limit);
  }

  long count(Sql sql, Reached.Whom whom) {
    return sql.get(COUNT, row -> row.getLong("many"), broadcasts(whom), others(whom));
  }

  private static Long[] broadcasts(Reached.Whom whom) {
    return whom.broadcasts().stream().map(BroadcastId::value).toArray(Long[]::new);
  }

  private static Long[] others(Reached.Whom whom) {
    return whom.others().toArray(Long[]::new);
  }
}
