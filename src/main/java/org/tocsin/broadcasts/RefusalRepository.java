package org.tocsin.broadcasts;

import org.tocsin.platform.database.Sql;

/** Marks a broadcast that is refused as such. Courier's role. */
final class RefusalRepository {
  /** $2 the refusal, $3 whether it pauses itself. Once, until somebody resumes it. */
  private static final String MARK =
      """
      UPDATE engine.broadcast SET refused_with = $2, control_epoch = control_epoch + 1,
        state = CASE WHEN $3 THEN 'PAUSED' ELSE state END
      WHERE id = $1 AND state IN ('SNAPSHOTTING', 'RUNNING') AND refused_with IS NULL
      """;

  /** False where it was marked before, or does not run any more. */
  boolean mark(Sql courier, long broadcast, String refusal, boolean pauses) {
    return courier.run(MARK, broadcast, refusal, pauses) == 1;
  }
}
