package org.tocsin.broadcasts;

import org.tocsin.platform.database.Tx;

/**
 * What staff do to a broadcast: pause, resume, cancel, stop, open a further turn; and its owner:
 * hold, let go. Runs on the hub's role.
 */
final class ControlRepository {
  /** One that stands still with everything else stays paused when that ends. */
  private static final String PAUSE =
      """
      UPDATE engine.broadcast SET state = 'PAUSED', halted_at = NULL, control_epoch = control_epoch + 1
      WHERE id = $1 AND (state IN ('SNAPSHOTTING', 'RUNNING') OR halted_at IS NOT NULL)
      """;

  private static final String RESUME =
      """
      UPDATE engine.broadcast SET state = CASE WHEN started_at IS NULL THEN 'SNAPSHOTTING' ELSE 'RUNNING' END,
        refused_with = NULL, control_epoch = control_epoch + 1
      WHERE id = $1 AND state = 'PAUSED' AND NOT held
      """;

  /** Whatever its state, so that no further turn of one that was complete is opened either. */
  private static final String HOLD =
      """
      UPDATE engine.broadcast SET held = true, control_epoch = control_epoch + 1,
        state = CASE WHEN state IN ('SNAPSHOTTING', 'RUNNING') THEN 'PAUSED' ELSE state END
      WHERE id = $1 AND state NOT IN ('CANCELLED', 'STOPPED') AND NOT held
      """;

  /** It is tried for as long as it would have been, had nobody held it. */
  private static final String LET_GO =
      """
      UPDATE engine.broadcast SET expires_at = CASE WHEN ends_on_time THEN expires_at
          ELSE greatest(expires_at, clock_timestamp() + (expires_at - not_before)) END, held = false, control_epoch = control_epoch + 1, state = CASE WHEN state <> 'PAUSED' THEN state
        WHEN started_at IS NULL THEN 'SNAPSHOTTING' ELSE 'RUNNING' END
      WHERE id = $1 AND held
      """;

  private static final String CANCEL =
      """
      UPDATE engine.broadcast SET state = 'CANCELLED', control_epoch = control_epoch + 1, finished_at = clock_timestamp()
      WHERE id = $1 AND state IN ('SNAPSHOTTING', 'RUNNING', 'PAUSED')
      """;

  /** One that was complete is stopped too: nobody opens a further turn of it. */
  private static final String STOP =
      """
      UPDATE engine.broadcast SET state = 'STOPPED', control_epoch = control_epoch + 1,
        finished_at = coalesce(finished_at, clock_timestamp())
      WHERE id = $1 AND state IN ('SNAPSHOTTING', 'RUNNING', 'PAUSED', 'COMPLETED')
      """;

  /**
   * What lies beyond the committed watermark is cut off as a range, cancelled or ($2) withheld;
   * what was granted settles by itself.
   */
  private static final String CUT_SEGMENTS =
      """
      UPDATE engine.segment SET upto = sent_hi, state = CASE WHEN state = 'READY' AND settled = sent_hi THEN 'DONE' ELSE state END,
        cancelled = cancelled + CASE WHEN $2 THEN 0 ELSE upto - sent_hi END,
        withheld = withheld + CASE WHEN $2 THEN upto - sent_hi ELSE 0 END
      WHERE broadcast = $1 AND state <> 'DONE'
      """;

  /** A STOP ($2) goes to whoever may have been reached, so what may have arrived stays in doubt. */
  private static final String CUT_RETRIES =
      """
      WITH d AS (DELETE FROM engine.retry WHERE broadcast = $1 AND lease_until IS NULL RETURNING *),
      e AS MATERIALIZED (SELECT *, CASE WHEN NOT $2 THEN 'CANCELLED' WHEN in_doubt THEN 'IN_DOUBT' ELSE 'WITHHELD' END AS result FROM d),
      o AS (INSERT INTO engine.outcome (broadcast, segment, ord, turn, result, code, attempt, in_doubt)
        SELECT broadcast, segment, ord, turn, result, CASE WHEN $2 THEN 'stopped' ELSE 'cancelled' END, attempt, in_doubt FROM e)
      UPDATE engine.segment s SET cancelled = s.cancelled + n.cancelled, withheld = s.withheld + n.withheld,
        in_doubt = s.in_doubt + n.in_doubt
      FROM (SELECT segment, count(*) FILTER (WHERE result = 'CANCELLED') AS cancelled,
              count(*) FILTER (WHERE result = 'WITHHELD') AS withheld, count(*) FILTER (WHERE result = 'IN_DOUBT') AS in_doubt
            FROM e GROUP BY segment) n
      WHERE s.broadcast = $1 AND s.no = n.segment
      """;

  /** There was nobody: the audience is asked anew. */
  private static final String SNAPSHOT_AGAIN =
      """
      UPDATE engine.broadcast SET state = 'SNAPSHOTTING', snapshot_done = false, snapshot_after = 0, started_at = NULL,
        finished_at = NULL, control_epoch = control_epoch + 1
      WHERE id = $1 AND state = 'COMPLETED' AND total = 0 AND NOT held
      """;

  private static final String NEXT_TURN =
      """
      UPDATE engine.broadcast SET turn = turn + 1, state = CASE WHEN state = 'COMPLETED' THEN 'RUNNING' ELSE state END,
        finished_at = NULL, control_epoch = control_epoch + 1
      WHERE id = $1 AND state IN ('RUNNING', 'PAUSED', 'COMPLETED') AND NOT held
        AND EXISTS (SELECT FROM engine.segment s WHERE s.broadcast = $1 AND CASE $2 WHEN 'FAILED' THEN s.failed ELSE s.in_doubt END > 0)
      """;

  /**
   * Opens a turn for those whose latest outcome is $2, and moves the counter back in the same
   * statement.
   */
  private static final String REOPEN =
      """
      WITH latest AS (
        SELECT DISTINCT ON (o.segment, o.ord) o.segment, o.ord, o.turn, o.result FROM engine.outcome o
        WHERE o.broadcast = $1 ORDER BY o.segment, o.ord, o.turn DESC),
      q AS (INSERT INTO engine.retry (broadcast, segment, ord, turn, lane, channel, ordinary, due_at, attempt, in_doubt)
        SELECT $1, l.segment, l.ord, l.turn + 1, b.lane, b.channel, NOT b.stop, clock_timestamp(), 0, $2 = 'IN_DOUBT'
        FROM latest l, engine.broadcast b WHERE b.id = $1 AND l.result = $2
        ON CONFLICT DO NOTHING
        RETURNING segment)
      UPDATE engine.segment s SET
        failed = s.failed - CASE WHEN $2 = 'FAILED' THEN n.many ELSE 0 END,
        in_doubt = s.in_doubt - CASE WHEN $2 = 'IN_DOUBT' THEN n.many ELSE 0 END
      FROM (SELECT segment, count(*)::smallint AS many FROM q GROUP BY segment) n
      WHERE s.broadcast = $1 AND s.no = n.segment
      """;

  boolean pause(Tx tx, BroadcastId id) {
    return tx.run(PAUSE, id.value()) == 1;
  }

  boolean resume(Tx tx, BroadcastId id) {
    return tx.run(RESUME, id.value()) == 1;
  }

  boolean hold(Tx tx, BroadcastId id) {
    return tx.run(HOLD, id.value()) == 1;
  }

  boolean letGo(Tx tx, BroadcastId id) {
    return tx.run(LET_GO, id.value()) == 1;
  }

  boolean snapshotAgain(Tx tx, BroadcastId id) {
    return tx.run(SNAPSHOT_AGAIN, id.value()) == 1;
  }

  boolean cancel(Tx tx, BroadcastId id) {
    return tx.run(CANCEL, id.value()) == 1 && cut(tx, id, false);
  }

  boolean stop(Tx tx, BroadcastId id) {
    return tx.run(STOP, id.value()) == 1 && cut(tx, id, true);
  }

  private static boolean cut(Tx tx, BroadcastId id, boolean withheld) {
    tx.run(CUT_SEGMENTS, id.value(), withheld);
    tx.run(CUT_RETRIES, id.value(), withheld);
    return true;
  }

  /**
   * @param result FAILED or IN_DOUBT
   */
  boolean reopen(Tx tx, BroadcastId id, String result) {
    if (tx.run(NEXT_TURN, id.value(), result) == 0) {
      return false;
    }
    tx.run(REOPEN, id.value(), result);
    return true;
  }
}
