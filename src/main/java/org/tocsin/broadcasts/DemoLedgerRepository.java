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

  private static final String PUT_OFF =
      """
      INSERT INTO engine.retry (broadcast, segment, ord, lane, channel, due_at, attempt)
      SELECT r.broadcast, r.segment, r.ord, b.lane, b.channel, clock_timestamp() + interval '20 h', 1
      FROM engine.recipient r JOIN engine.broadcast b ON b.id = r.broadcast
      WHERE b.id = $1 AND NOT EXISTS (SELECT FROM engine.outcome o
        WHERE o.broadcast = r.broadcast AND o.segment = r.segment AND o.ord = r.ord)
      """;
  private static final String ALL_TRIED =
      """
      UPDATE engine.segment SET sent_hi = upto, settled = upto, state = 'DONE' WHERE broadcast = $1
      """;

  void sent(Tx tx, BroadcastId id, int many) {
    tx.run(OUTCOMES, id.value(), many);
    tx.run(SEGMENTS, id.value(), many);
    tx.run(COMPLETE, id.value());
  }

  void putOff(Tx tx, BroadcastId id) {
    tx.run(PUT_OFF, id.value());
    tx.run(ALL_TRIED, id.value());
  }
}
