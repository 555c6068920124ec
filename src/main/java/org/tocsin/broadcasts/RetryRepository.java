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
   * $1 channel, $2 lanes, $3 how many of each, $4 owner. A row whose lease ran out was being tried
   * when a node died: in doubt. What is due of a broadcast that was cancelled or stopped is claimed
   * too, to be called off.
   */
  private static final String CLAIM =
      """
      WITH c AS MATERIALIZED (
        SELECT p.* FROM unnest($2::smallint[], $3::int[]) AS want(lane, many)
        CROSS JOIN LATERAL (
          SELECT q.broadcast, q.segment, q.ord, q.lease_until IS NOT NULL AS crashed
          FROM engine.retry q JOIN engine.broadcast b ON b.id = q.broadcast
          WHERE q.lane = want.lane AND q.channel = $1 AND q.due_at <= clock_timestamp()
            AND b.state <> 'PAUSED' AND (q.lease_until IS NULL OR q.lease_until < clock_timestamp())
          ORDER BY q.due_at LIMIT want.many
          FOR NO KEY UPDATE OF q SKIP LOCKED) p)
      UPDATE engine.retry q SET owner = $4, epoch = q.epoch + 1, in_doubt = q.in_doubt OR c.crashed,
        lease_until = clock_timestamp() + interval '120 s'
      FROM c, engine.recipient r
      WHERE q.broadcast = c.broadcast AND q.segment = c.segment AND q.ord = c.ord
        AND r.broadcast = q.broadcast AND r.segment = q.segment AND r.ord = q.ord
      RETURNING q.broadcast, q.segment, q.ord, q.turn, q.epoch, q.attempt, q.in_doubt, q.lane, q.waits_for, c.crashed, r.target, r.holes
      """;

  /**
   * $1 broadcast; then a row's place, epoch and what came of it. The epoch and the lease are the
   * fence: what was written once, or is another's by now, is not written. Segments are locked in
   * their order, as by whoever else changes several.
   */
  private static final String SETTLE =
      """
      WITH batch AS MATERIALIZED (
        SELECT * FROM unnest($2::int[], $3::smallint[], $4::int[], $5::text[], $6::text[], $7::smallint[], $8::boolean[],
            $9::bigint[], $10::bytea[]) AS u(segment, ord, epoch, result, code, attempt, in_doubt, retry_ms, answer)),
      locked AS MATERIALIZED (
        SELECT no FROM engine.segment WHERE broadcast = $1 AND no IN (SELECT segment FROM batch)
        ORDER BY no FOR NO KEY UPDATE),
      held AS MATERIALIZED (
        SELECT q.turn, batch.* FROM batch JOIN locked ON locked.no = batch.segment
        JOIN engine.retry q ON q.broadcast = $1 AND q.segment = batch.segment AND q.ord = batch.ord
          AND q.epoch = batch.epoch AND q.lease_until IS NOT NULL
        FOR NO KEY UPDATE OF q),
      ended AS MATERIALIZED (SELECT * FROM held WHERE result NOT IN ('RETRY', 'LATER')),
      d AS (DELETE FROM engine.retry q USING ended e WHERE q.broadcast = $1 AND q.segment = e.segment AND q.ord = e.ord),
      again AS (
        UPDATE engine.retry q SET due_at = clock_timestamp() + CASE WHEN b.state IN ('CANCELLED', 'STOPPED') THEN interval '0'
            ELSE make_interval(secs => h.retry_ms / 1000.0) END,
          attempt = h.attempt, in_doubt = h.in_doubt, waits_for = CASE WHEN h.result = 'LATER' THEN h.code ELSE 'TRY' END, owner = NULL, lease_until = NULL
        FROM held h, engine.broadcast b WHERE b.id = $1 AND h.result IN ('RETRY', 'LATER')
          AND q.broadcast = $1 AND q.segment = h.segment AND q.ord = h.ord),
      o AS (INSERT INTO engine.outcome (broadcast, segment, ord, turn, result, code, attempt, in_doubt)
        SELECT $1, segment, ord, turn, result, code, attempt, in_doubt FROM ended),
      a AS (INSERT INTO engine.attempt (broadcast, segment, ord, turn, attempt, code, answer)
        SELECT $1, segment, ord, turn, attempt, code, answer FROM held WHERE answer IS NOT NULL OR result = 'RETRY')
      UPDATE engine.segment s SET
        sent = s.sent + n.sent, failed = s.failed + n.failed, suppressed = s.suppressed + n.suppressed,
        withheld = s.withheld + n.withheld, cancelled = s.cancelled + n.cancelled, in_doubt = s.in_doubt + n.in_doubt
      FROM (SELECT segment,
          count(*) FILTER (WHERE result = 'SENT') AS sent, count(*) FILTER (WHERE result = 'FAILED') AS failed,
          count(*) FILTER (WHERE result = 'SUPPRESSED') AS suppressed, count(*) FILTER (WHERE result = 'WITHHELD') AS withheld,
          count(*) FILTER (WHERE result = 'CANCELLED') AS cancelled, count(*) FILTER (WHERE result = 'IN_DOUBT') AS in_doubt
        FROM ended GROUP BY segment) n
      WHERE s.broadcast = $1 AND s.no = n.segment
      """;

  private final Sealer sealer;

  RetryRepository(Sealer sealer) {
    this.sealer = sealer;
  }

  /** A row held by this node; {@code crashed}: somebody died while trying it. */
  record Held(long broadcast, Lane lane, int epoch, Pending pending, boolean crashed) {}

  /** What came of a held row. */
  record Tried(Held held, Settlement settlement) {}

  List<Held> claim(Sql courier, String channel, Map<Lane, Integer> many, UUID owner) {
    return courier.list(
        CLAIM,
        row -> {
          Buffer holes = row.getBuffer("holes");
          return new Held(
              row.getLong("broadcast"),
              Lane.of(row.getShort("lane")),
              row.getInteger("epoch"),
              new Pending(
                  row.getInteger("segment"),
                  row.getShort("ord"),
                  row.getShort("turn"),
                  row.getLong("target"),
                  holes == null ? Map.of() : Broadcasts.openHoles(sealer, holes.getBytes()),
                  row.getShort("attempt"),
                  row.getBoolean("in_doubt"),
                  true,
                  row.getString("waits_for").equals("RATE")),
              row.getBoolean("crashed"));
        },
        channel,
        many.keySet().stream().map(Lane::number).toArray(Short[]::new),
        many.values().toArray(Integer[]::new),
        owner);
  }

  /** Of one broadcast. */
  void settle(Sql courier, long broadcast, List<Tried> batch) {
    courier.run(
        SETTLE,
        broadcast,
        batch.stream().map(t -> t.held().pending().segment()).toArray(Integer[]::new),
        batch.stream().map(t -> (short) t.held().pending().ord()).toArray(Short[]::new),
        batch.stream().map(t -> t.held().epoch()).toArray(Integer[]::new),
        batch.stream().map(t -> t.settlement().result().name()).toArray(String[]::new),
        batch.stream().map(t -> t.settlement().code()).toArray(String[]::new),
        batch.stream().map(t -> (short) t.settlement().attempt()).toArray(Short[]::new),
        batch.stream().map(t -> t.settlement().inDoubt()).toArray(Boolean[]::new),
        batch.stream().map(t -> t.settlement().retryMillis()).toArray(Long[]::new),
        batch.stream()
            .map(t -> SegmentRepository.sealAnswer(sealer, t.settlement()))
            .toArray(Buffer[]::new));
  }
}
