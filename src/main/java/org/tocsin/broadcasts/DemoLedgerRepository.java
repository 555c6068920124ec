package org.tocsin.broadcasts;

import org.tocsin.platform.database.Tx;

/** Settles a demonstration's deliveries without a courier. */
final class DemoLedgerRepository {
  private static final String OUTCOMES =
      """
      INSERT INTO engine.outcome (broadcast, segment, ord, result, code, attempt)
      SELECT broadcast, segment, ord, 'SENT', '250', 1 FROM engine.recipient
      WHERE broadcast = $1 AND (segment - 1) * 1000 + ord <= $2
      """;
  private static final String SEGMENTS =
      """
      UPDATE engine.segment s SET sent = n, sent_hi = n, settled = n, state = CASE WHEN n = upto THEN 'DONE' ELSE state END
      FROM (SELECT no, least(size, greatest(0, $2 - (no - 1) * 1000))::smallint AS n FROM engine.segment WHERE broadcast = $1) d
      WHERE s.broadcast = $1 AND s.no = d.no
      """;
  private static final String COMPLETE =
      """
      UPDATE engine.broadcast SET state = 'COMPLETED', finished_at = clock_timestamp()
      WHERE id = $1 AND state = 'RUNNING' AND NOT EXISTS (
        SELECT FROM engine.segment WHERE broadcast = $1 AND state <> 'DONE')
      """;

  void sent(Tx tx, BroadcastId id, int many) {
    tx.run(OUTCOMES, id.value(), many);
    tx.run(SEGMENTS, id.value(), many);
    tx.run(COMPLETE, id.value());
  }
}
