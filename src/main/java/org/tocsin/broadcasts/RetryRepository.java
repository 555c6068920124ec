package org.tocsin.broadcasts;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Sql;

/**
 * Owns {@code engine.retry}: the small queue of what is tried again. Runs on the courier's role.
 */
final class RetryRepository {
  /**
   * $1 channel, $2 how many, $3 owner. A row whose lease ran out was being tried when a node died:
   * in doubt. What is due of a broadcast that was cancelled or stopped is claimed too, to be called
   * off.
   */
  private static final String CLAIM =
      """
      WITH c AS MATERIALIZED (
        SELECT q.broadcast, q.segment, q.ord, q.lease_until IS NOT NULL AS crashed
        FROM engine.retry q JOIN engine.broadcast b ON b.id = q.broadcast
        WHERE q.channel = $1 AND q.due_at <= clock_timestamp()
          AND b.state <> 'PAUSED' AND (q.lease_until IS NULL OR q.lease_until < clock_timestamp())
        ORDER BY q.lane, q.due_at LIMIT $2
        FOR NO KEY UPDATE OF q SKIP LOCKED)
      UPDATE engine.retry q SET owner = $3, epoch = q.epoch + 1, in_doubt = q.in_doubt OR c.crashed,
        lease_until = clock_timestamp() + interval '120 s'
      FROM c, engine.recipient r
      WHERE q.broadcast = c.broadcast AND q.segment = c.segment AND q.ord = c.ord
        AND r.broadcast = q.broadcast AND r.segment = q.segment AND r.ord = q.ord
      RETURNING q.broadcast, q.segment, q.ord, q.turn, q.epoch, q.attempt, q.in_doubt, c.crashed, r.target, r.holes
      """;

  /** $1 broadcast, $2 segment, $3 ord, $4 epoch; the fence is the delete. */
  private static final String SETTLE =
      """
      WITH d AS (DELETE FROM engine.retry WHERE broadcast = $1 AND segment = $2 AND ord = $3 AND epoch = $4 RETURNING *),
      o AS (INSERT INTO engine.outcome (broadcast, segment, ord, turn, result, code, attempt, in_doubt)
        SELECT broadcast, segment, ord, turn, $5, $6, $7, $8 FROM d),
      a AS (INSERT INTO engine.attempt (broadcast, segment, ord, turn, attempt, code, answer)
        SELECT broadcast, segment, ord, turn, $7, $6, $9 FROM d WHERE $9::bytea IS NOT NULL)
      UPDATE engine.segment s SET
        sent = sent + ($5 = 'SENT')::int, failed = failed + ($5 = 'FAILED')::int,
        suppressed = suppressed + ($5 = 'SUPPRESSED')::int, withheld = withheld + ($5 = 'WITHHELD')::int,
        cancelled = cancelled + ($5 = 'CANCELLED')::int, in_doubt = s.in_doubt + ($5 = 'IN_DOUBT')::int
      FROM d WHERE s.broadcast = d.broadcast AND s.no = d.segment
      """;

  private static final String AGAIN =
      """
      WITH q AS (UPDATE engine.retry q SET due_at = clock_timestamp() +
            CASE WHEN b.state IN ('CANCELLED', 'STOPPED') THEN interval '0' ELSE make_interval(secs => $5::bigint / 1000.0) END,
          attempt = $6, in_doubt = $7, owner = NULL, lease_until = NULL
        FROM engine.broadcast b WHERE b.id = $1
          AND q.broadcast = $1 AND q.segment = $2 AND q.ord = $3 AND q.epoch = $4 RETURNING q.*)
      INSERT INTO engine.attempt (broadcast, segment, ord, turn, attempt, code, answer)
        SELECT broadcast, segment, ord, turn, attempt, $8, $9 FROM q
      """;
  private static final String GIVE_BACK =
      """
      UPDATE engine.retry SET owner = NULL, lease_until = NULL
      WHERE broadcast = $1 AND segment = $2 AND ord = $3 AND epoch = $4
      """;

  private final Sealer sealer;

  RetryRepository(Sealer sealer) {
    this.sealer = sealer;
  }

  /** A row held by this node; {@code crashed}: somebody died while trying it. */
  record Held(long broadcast, int epoch, Pending pending, boolean crashed) {}

  List<Held> claim(Sql courier, String channel, int many, UUID owner) {
    return courier.list(
        CLAIM,
        row -> {
          Buffer holes = row.getBuffer("holes");
          return new Held(
              row.getLong("broadcast"),
              row.getInteger("epoch"),
              new Pending(
                  row.getInteger("segment"),
                  row.getShort("ord"),
                  row.getShort("turn"),
                  row.getLong("target"),
                  holes == null ? Map.of() : Broadcasts.openHoles(sealer, holes.getBytes()),
                  row.getShort("attempt"),
                  row.getBoolean("in_doubt"),
                  true),
              row.getBoolean("crashed"));
        },
        channel,
        many,
        owner);
  }

  void settle(Sql courier, Held held, Settlement end) {
    courier.run(
        SETTLE,
        held.broadcast(),
        held.pending().segment(),
        (short) held.pending().ord(),
        held.epoch(),
        end.result().name(),
        end.code(),
        (short) end.attempt(),
        end.inDoubt(),
        end.answer().map(text -> SegmentRepository.sealAnswer(sealer, text)).orElse(null));
  }

  void again(Sql courier, Held held, Settlement later) {
    courier.run(
        AGAIN,
        held.broadcast(),
        held.pending().segment(),
        (short) held.pending().ord(),
        held.epoch(),
        later.retryIn().orElseThrow().toMillis(),
        (short) later.attempt(),
        later.inDoubt(),
        later.code(),
        later.answer().map(text -> SegmentRepository.sealAnswer(sealer, text)).orElse(null));
  }

  void giveBack(Sql courier, Held held) {
    courier.run(
        GIVE_BACK,
        held.broadcast(),
        held.pending().segment(),
        (short) held.pending().ord(),
        held.epoch());
  }
}
