package org.tocsin.broadcasts;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Finds and wipes what is held of one person. Runs on the hub's role. */
final class ForgettingRepository {
  private static final String SUPPRESS =
      """
      INSERT INTO engine.suppression (address_hash, reason, at) VALUES ($1, 'ERASED', $2)
      ON CONFLICT (address_hash) DO UPDATE SET reason = excluded.reason, at = excluded.at
      """;
  private static final String LETTERS =
      """
      SELECT r.broadcast, r.holes FROM engine.recipient r JOIN engine.broadcast b ON b.id = r.broadcast
      WHERE r.holes IS NOT NULL AND b.audience = $1 AND b.kind = ANY($2)
      """;
  private static final String EMPTY =
      "UPDATE engine.recipient SET holes = NULL WHERE broadcast = $1";
  private static final String EMPTY_ANSWERS =
      "UPDATE engine.attempt SET answer = NULL WHERE broadcast = $1 AND answer IS NOT NULL";
  private static final String WIPE_ANSWERS =
      """
      UPDATE engine.attempt a SET answer = NULL FROM engine.recipient r JOIN engine.broadcast b ON b.id = r.broadcast
      WHERE b.audience = $1 AND r.target = $2 AND a.answer IS NOT NULL
        AND a.broadcast = r.broadcast AND a.segment = r.segment AND a.ord = r.ord
      """;

  /** In steps, so that no lock is held for long. */
  private static final String EMPTY_ENDED =
      """
      WITH ended AS (SELECT DISTINCT r.broadcast FROM engine.recipient r JOIN engine.broadcast b ON b.id = r.broadcast
          WHERE r.holes IS NOT NULL AND b.audience = $1 AND b.finished_at < clock_timestamp() - interval '30 days' LIMIT 1000),
        answers AS (UPDATE engine.attempt SET answer = NULL WHERE broadcast IN (SELECT broadcast FROM ended) AND answer IS NOT NULL)
      UPDATE engine.recipient SET holes = NULL WHERE broadcast IN (SELECT broadcast FROM ended) AND holes IS NOT NULL
      """;

  /** A letter to one person, still sealed. */
  record Held(long broadcast, Buffer holes) {}

  void suppress(Tx tx, byte[] hash, Instant now) {
    tx.run(SUPPRESS, Buffer.buffer(hash), now.atOffset(ZoneOffset.UTC));
  }

  List<Held> letters(Tx tx, String audience, List<String> kinds) {
    return tx.list(
        LETTERS,
        row -> new Held(row.getLong("broadcast"), row.getBuffer("holes")),
        audience,
        kinds.toArray(String[]::new));
  }

  void empty(Tx tx, long broadcast) {
    tx.run(EMPTY, broadcast);
    tx.run(EMPTY_ANSWERS, broadcast);
  }

  int emptyEnded(Sql sql, String audience) {
    return sql.run(EMPTY_ENDED, audience);
  }

  void wipeAnswers(Tx tx, String audience, long target) {
    tx.run(WIPE_ANSWERS, audience, target);
  }
}
