package org.tocsin.broadcasts;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Sql;

/**
 * Owns {@code engine.segment} while it is sent: claim, flush, what is left. Runs on the courier's
 * role.
 */
final class SegmentRepository {
  static final String ANSWER = "attempt.answer";

  /**
   * $1 channel, $2 lanes, $3 how many of each, $4 owner, $5 whether of stops only. Takes ready
   * segments and those whose lease ran out.
   */
  private static final String CLAIM =
      """
      WITH c AS MATERIALIZED (
        SELECT p.broadcast, p.no FROM unnest($2::smallint[], $3::int[], $5::boolean[]) AS want(lane, many, stops)
        CROSS JOIN LATERAL (
          SELECT s.broadcast, s.no FROM engine.segment s
          JOIN engine.broadcast b ON b.id = s.broadcast
          WHERE s.lane = want.lane AND s.channel = $1 AND (b.stop OR NOT want.stops)
            AND ((s.state = 'READY' AND b.state IN ('RUNNING', 'CANCELLED', 'STOPPED'))
              OR (s.state = 'LEASED' AND s.lease_until < clock_timestamp() AND b.state <> 'PAUSED'))
          ORDER BY s.no, s.broadcast LIMIT want.many
          FOR NO KEY UPDATE OF s SKIP LOCKED) p)
      UPDATE engine.segment s SET state = 'LEASED', owner = $4, epoch = s.epoch + 1,
        lease_until = clock_timestamp() + interval '30 s'
      FROM c WHERE s.broadcast = c.broadcast AND s.no = c.no
      RETURNING s.broadcast, s.no, s.lane, s.epoch, s.sent_hi, s.settled
      """;

  /**
   * $1 broadcast, $2 segment, $3 epoch, $4 settled as last returned, $5 wanted watermark, $6 give
   * back; then the batch. One fenced statement: outcomes, what is to be tried again, counters,
   * lease, next grant.
   */
  private static final String FLUSH =
      """
      WITH batch AS MATERIALIZED (
        SELECT * FROM unnest($7::smallint[], $8::text[], $9::text[], $10::smallint[], $11::boolean[], $12::bigint[], $13::bytea[],
            $14::boolean[], $15::bytea[], $16::text[])
          AS u(ord, result, code, attempt, in_doubt, retry_ms, grp, reached, answer, why)),
      n AS MATERIALIZED (
        SELECT count(*)::smallint AS done,
          count(*) FILTER (WHERE result = 'SENT') AS sent, count(*) FILTER (WHERE result = 'FAILED') AS failed,
          count(*) FILTER (WHERE result = 'SUPPRESSED') AS suppressed, count(*) FILTER (WHERE result = 'WITHHELD') AS withheld,
          count(*) FILTER (WHERE result = 'CANCELLED') AS cancelled, count(*) FILTER (WHERE result = 'IN_DOUBT') AS in_doubt
        FROM batch),
      own AS (
        UPDATE engine.segment s SET settled = s.settled + n.done,
          sent = s.sent + n.sent, failed = s.failed + n.failed, suppressed = s.suppressed + n.suppressed,
          withheld = s.withheld + n.withheld, cancelled = s.cancelled + n.cancelled, in_doubt = s.in_doubt + n.in_doubt,
          sent_hi = CASE WHEN $6 THEN s.settled + n.done
                         WHEN b.state = 'RUNNING' THEN greatest(s.sent_hi, least($5::smallint, s.upto))
                         ELSE greatest(s.sent_hi, s.settled + n.done) END,
          state = CASE WHEN s.settled + n.done = s.upto THEN 'DONE' WHEN $6 THEN 'READY' ELSE 'LEASED' END,
          lease_until = clock_timestamp() + interval '30 s'
        FROM n, engine.broadcast b
        WHERE b.id = $1 AND s.broadcast = $1 AND s.no = $2 AND s.epoch = $3 AND s.settled = $4 AND s.state = 'LEASED'
        RETURNING s.*, b.state AS broadcast_state, b.stop),
      o AS (INSERT INTO engine.outcome (broadcast, segment, ord, result, code, attempt, in_doubt)
        SELECT own.broadcast, own.no, ord, result, code, attempt, batch.in_doubt FROM own, batch WHERE result NOT IN ('RETRY', 'LATER')),
      q AS (INSERT INTO engine.retry (broadcast, segment, ord, lane, channel, ordinary, due_at, attempt, in_doubt, waits_for, grp, code)
        SELECT own.broadcast, own.no, ord, own.lane, own.channel, NOT own.stop,
          clock_timestamp() + CASE WHEN own.broadcast_state IN ('CANCELLED', 'STOPPED') THEN interval '0'
                                   ELSE make_interval(secs => retry_ms / 1000.0) END, attempt, batch.in_doubt,
          CASE WHEN result = 'LATER' THEN code ELSE 'TRY' END,
          CASE WHEN own.broadcast_state IN ('CANCELLED', 'STOPPED') THEN '' ELSE batch.grp END, why
        FROM own, batch WHERE result IN ('RETRY', 'LATER')),
      a AS (INSERT INTO engine.attempt (broadcast, segment, ord, attempt, code, reached, answer)
        SELECT own.broadcast, own.no, ord, attempt, code, reached, answer FROM own, batch WHERE answer IS NOT NULL)
      SELECT state, sent_hi, settled, upto, broadcast_state FROM own
      """;

  private static final String FENCE =
      "SELECT epoch, settled FROM engine.segment WHERE broadcast = $1 AND no = $2";
  private static final String LEFT_OVER =
      """
      SELECT r.segment, r.ord, r.target, r.holes, r.ord <= $3 AS in_doubt FROM engine.recipient r
      WHERE r.broadcast = $1 AND r.segment = $2
        AND NOT EXISTS (SELECT FROM engine.outcome o WHERE o.broadcast = $1 AND o.segment = $2 AND o.ord = r.ord)
        AND NOT EXISTS (SELECT FROM engine.retry q WHERE q.broadcast = $1 AND q.segment = $2 AND q.ord = r.ord)
      ORDER BY r.ord
      """;
  private static final String FINISH =
      """
      UPDATE engine.broadcast b SET state = 'COMPLETED', finished_at = clock_timestamp()
      WHERE b.id = $1 AND b.state = 'RUNNING' AND b.snapshot_done
        AND NOT EXISTS (SELECT FROM engine.segment s WHERE s.broadcast = $1 AND s.state <> 'DONE')
        AND NOT EXISTS (SELECT FROM engine.retry q WHERE q.broadcast = $1)
        AND b.total = (SELECT coalesce(sum(sent + failed + suppressed + withheld + cancelled + in_doubt), 0)
                       FROM engine.segment s WHERE s.broadcast = $1)
      """;
  private final Sealer sealer;

  SegmentRepository(Sealer sealer) {
    this.sealer = sealer;
  }

  /**
   * Where a segment stands after a flush. The broadcast's {@code state} may be one flush old; the
   * watermark is not.
   */
  record Grant(boolean done, int sentHi, int settled, int upto, Progress.State state) {}

  /** Epoch and settled, to tell a lost lease from a lost answer. */
  record Fence(int epoch, int settled) {}

  /**
   * @param stops how many of these besides, so that none waits until an alert's segment ends
   */
  List<Claim> claim(Sql courier, String channel, Map<Lane, Integer> free, int stops, UUID owner) {
    Stream<Short> lanes =
        Stream.concat(Stream.of(Lane.URGENT), free.keySet().stream()).map(Lane::number);
    Stream<Integer> many = Stream.concat(Stream.of(stops), free.values().stream());
    Stream<Boolean> onlyStops =
        Stream.concat(Stream.of(true), free.keySet().stream().map(_ -> false));
    return courier.list(
        CLAIM,
        row ->
            new Claim(
                row.getLong("broadcast"),
                row.getInteger("no"),
                Lane.of(row.getShort("lane")),
                row.getInteger("epoch"),
                row.getShort("sent_hi"),
                row.getShort("settled")),
        channel,
        lanes.toArray(Short[]::new),
        many.toArray(Integer[]::new),
        owner,
        onlyStops.toArray(Boolean[]::new));
  }

  Optional<Grant> flush(
      Sql courier, Claim claim, int settled, int wanted, boolean giveBack, List<Settlement> batch) {
    return courier.find(
        FLUSH,
        row ->
            new Grant(
                row.getString("state").equals("DONE"),
                row.getShort("sent_hi"),
                row.getShort("settled"),
                row.getShort("upto"),
                Progress.State.valueOf(row.getString("broadcast_state"))),
        claim.broadcast(),
        claim.segment(),
        claim.epoch(),
        (short) settled,
        (short) wanted,
        giveBack,
        batch.stream().map(s -> (short) s.ord()).toArray(Short[]::new),
        batch.stream().map(s -> s.result().name()).toArray(String[]::new),
        batch.stream().map(Settlement::code).toArray(String[]::new),
        batch.stream().map(s -> (short) s.attempt()).toArray(Short[]::new),
        batch.stream().map(Settlement::inDoubt).toArray(Boolean[]::new),
        batch.stream().map(Settlement::retryMillis).toArray(Long[]::new),
        batch.stream().map(Settlement::group).toArray(Buffer[]::new),
        batch.stream().map(Settlement::reached).toArray(Boolean[]::new),
        batch.stream().map(s -> sealAnswer(sealer, s)).toArray(Buffer[]::new),
        batch.stream().map(Settlement::why).toArray(String[]::new));
  }

  static @Nullable Buffer sealAnswer(Sealer sealer, Settlement settlement) {
    return settlement.answer().map(text -> Buffer.buffer(sealer.seal(ANSWER, text))).orElse(null);
  }

  Optional<Fence> fence(Sql courier, Claim claim) {
    return courier.find(
        FENCE,
        row -> new Fence(row.getInteger("epoch"), row.getShort("settled")),
        claim.broadcast(),
        claim.segment());
  }

  /** What the segment still owes; at or below the claim's watermark it is in doubt. */
  List<Pending> leftOver(Sql courier, Claim claim) {
    return courier.list(
        LEFT_OVER,
        row ->
            new Pending(
                row.getInteger("segment"),
                row.getShort("ord"),
                0,
                row.getLong("target"),
                holes(row),
                0,
                row.getBoolean("in_doubt"),
                false,
                false),
        claim.broadcast(),
        claim.segment(),
        (short) claim.sentHi());
  }

  private Map<String, String> holes(Row row) {
    Buffer holes = row.getBuffer("holes");
    return holes == null ? Map.of() : Broadcasts.openHoles(sealer, holes.getBytes());
  }

  /** True when this call completed the broadcast. */
  boolean finish(Sql courier, long broadcast) {
    return courier.run(FINISH, broadcast) == 1;
  }
}
