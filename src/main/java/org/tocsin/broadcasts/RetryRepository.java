package org.tocsin.broadcasts;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Sql;

/**
 * Owns {@code engine.retry}: the small queue of what is tried again. Runs on the courier's role.
 */
final class RetryRepository {
  /**
   * $1 channel. From one queue's first row to the next queue's, so that those that wait in it cost
   * nothing. A group that is closed has no queue, but that a stop may knock at a mail domain. A
   * stop's queues are the first of their lane.
   */
  private static final String DUE =
      """
      WITH RECURSIVE queue AS (
        (SELECT lane, ordinary, grp FROM engine.retry WHERE channel = $1 AND NOT parked ORDER BY lane, ordinary, grp LIMIT 1)
        UNION ALL
        SELECT n.lane, n.ordinary, n.grp FROM queue CROSS JOIN LATERAL (
          SELECT q.lane, q.ordinary, q.grp FROM engine.retry q
          WHERE q.channel = $1 AND NOT q.parked AND (q.lane, q.ordinary, q.grp) > (queue.lane, queue.ordinary, queue.grp)
          ORDER BY q.lane, q.ordinary, q.grp LIMIT 1) n)
      SELECT queue.lane, queue.ordinary, queue.grp, g.per_second,
        (g.not_before > clock_timestamp() AND g.stop_not_before IS DISTINCT FROM '-infinity') IS TRUE AS knocks
      FROM queue LEFT JOIN engine.grp g ON g.key_hash = queue.grp
      WHERE (g.not_before IS NULL OR g.not_before <= clock_timestamp()
          OR (NOT queue.ordinary AND g.channel = 'email' AND coalesce(g.stop_not_before <= clock_timestamp(), true)))
        AND EXISTS (SELECT FROM engine.retry q WHERE q.channel = $1 AND q.lane = queue.lane AND q.ordinary = queue.ordinary
          AND q.grp = queue.grp AND NOT q.parked AND q.due_at <= clock_timestamp())
      ORDER BY queue.lane, queue.ordinary, queue.grp
      """;

  /**
   * $1 channel; $2 lane, $3 group, $4 rate of each queue, $5 how many of it, $7 whether it is of
   * others than stops, $8 whether it knocks; $6 owner. A row whose lease ran out was being tried
   * when a node died: in doubt. What is due of a broadcast that was cancelled or stopped is claimed
   * too, to be called off.
   */
  private static final String CLAIM =
      """
      WITH c AS MATERIALIZED (
        SELECT p.*, want.per_second, want.knocks FROM unnest($2::smallint[], $3::bytea[], $4::float8[], $5::int[], $7::boolean[], $8::boolean[])
          AS want(lane, grp, per_second, many, ordinary, knocks)
        CROSS JOIN LATERAL (
          SELECT q.broadcast, q.segment, q.ord, q.lease_until IS NOT NULL AS crashed
          FROM engine.retry q JOIN engine.broadcast b ON b.id = q.broadcast
          WHERE q.channel = $1 AND q.lane = want.lane AND q.ordinary = want.ordinary AND q.grp = want.grp AND NOT q.parked AND q.due_at <= clock_timestamp()
            AND b.state <> 'PAUSED' AND (q.lease_until IS NULL OR q.lease_until < clock_timestamp())
          ORDER BY q.due_at LIMIT want.many
          FOR NO KEY UPDATE OF q SKIP LOCKED) p)
      UPDATE engine.retry q SET owner = $6, epoch = q.epoch + 1, in_doubt = q.in_doubt OR c.crashed,
        lease_until = clock_timestamp() + interval '120 s'
      FROM c, engine.recipient r
      WHERE q.broadcast = c.broadcast AND q.segment = c.segment AND q.ord = c.ord
        AND r.broadcast = q.broadcast AND r.segment = q.segment AND r.ord = q.ord
      RETURNING q.broadcast, q.segment, q.ord, q.turn, q.epoch, q.attempt, q.in_doubt, q.waits_for, q.lane, q.ordinary, q.grp,
        c.per_second, c.knocks, c.crashed, r.target, r.holes
      """;

  /**
   * $1 channel, $2 how many. Rows of a paused broadcast out of the way, and those of others back
   * in. Whatever happens meanwhile, the next look puts it right.
   */
  private static final String PARK =
      """
      WITH out AS MATERIALIZED (
        SELECT q.broadcast, q.segment, q.ord FROM engine.broadcast b JOIN engine.retry q ON q.broadcast = b.id
        WHERE b.state = 'PAUSED' AND b.channel = $1 AND NOT q.parked AND q.lease_until IS NULL
        LIMIT $2 FOR NO KEY UPDATE OF q SKIP LOCKED),
      back AS MATERIALIZED (
        SELECT q.broadcast, q.segment, q.ord FROM engine.retry q JOIN engine.broadcast b ON b.id = q.broadcast
        WHERE q.parked AND b.state <> 'PAUSED' AND b.channel = $1
        LIMIT $2 FOR NO KEY UPDATE OF q SKIP LOCKED)
      UPDATE engine.retry q SET parked = NOT q.parked
      FROM (SELECT * FROM out UNION ALL SELECT * FROM back) p
      WHERE q.broadcast = p.broadcast AND q.segment = p.segment AND q.ord = p.ord
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
            $9::bigint[], $10::bytea[], $11::boolean[], $12::bytea[], $13::text[])
          AS u(segment, ord, epoch, result, code, attempt, in_doubt, retry_ms, grp, reached, answer, why)),
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
          grp = CASE WHEN b.state IN ('CANCELLED', 'STOPPED') THEN '' ELSE h.grp END,
          code = h.why, attempt = h.attempt, in_doubt = h.in_doubt, waits_for = CASE WHEN h.result = 'LATER' THEN h.code ELSE 'TRY' END, owner = NULL, lease_until = NULL
        FROM held h, engine.broadcast b WHERE b.id = $1 AND h.result IN ('RETRY', 'LATER')
          AND q.broadcast = $1 AND q.segment = h.segment AND q.ord = h.ord),
      o AS (INSERT INTO engine.outcome (broadcast, segment, ord, turn, result, code, attempt, in_doubt)
        SELECT $1, segment, ord, turn, result, code, attempt, in_doubt FROM ended),
      a AS (INSERT INTO engine.attempt (broadcast, segment, ord, turn, attempt, code, reached, answer)
        SELECT $1, segment, ord, turn, attempt, code, reached, answer FROM held WHERE answer IS NOT NULL OR result = 'RETRY')
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

  /** $1 broadcast; then place and epoch of rows that are under way still. */
  private static final String RENEW =
      """
      UPDATE engine.retry q SET lease_until = clock_timestamp() + interval '120 s'
      FROM unnest($2::int[], $3::smallint[], $4::int[]) AS u(segment, ord, epoch)
      WHERE q.broadcast = $1 AND q.segment = u.segment AND q.ord = u.ord AND q.epoch = u.epoch AND q.lease_until IS NOT NULL
      """;

  private final Sealer sealer;

  RetryRepository(Sealer sealer) {
    this.sealer = sealer;
  }

  /**
   * Rows of one lane that nothing but places holds back, or that wait for one group.
   *
   * @param ordinary not of stops
   * @param group its keyed hash; nothing where they wait for none
   * @param knocks the group is closed, and a stop asks whether it takes one nevertheless
   */
  record Queue(
      Lane lane, boolean ordinary, Buffer group, OptionalDouble perSecond, boolean knocks) {
    private static Queue of(Row row) {
      Double perSecond = row.getDouble("per_second");
      return new Queue(
          Lane.of(row.getShort("lane")),
          row.getBoolean("ordinary"),
          row.getBuffer("grp"),
          perSecond == null ? OptionalDouble.empty() : OptionalDouble.of(perSecond),
          row.getBoolean("knocks"));
    }

    private @Nullable Double orNull() {
      return perSecond.isPresent() ? perSecond.getAsDouble() : null;
    }
  }

  /** A row held by this node; {@code crashed}: somebody died while trying it. */
  record Held(long broadcast, Queue queue, int epoch, Pending pending, boolean crashed) {
    Lane lane() {
      return queue.lane();
    }
  }

  /** What came of a held row. */
  record Tried(Held held, Settlement settlement) {}

  /** True where that was not all of them. */
  boolean park(Sql courier, String channel, int many) {
    return courier.run(PARK, channel, many) >= many;
  }

  /** The queues in which somebody is due and whose group is open, the urgent first. */
  List<Queue> due(Sql courier, String channel) {
    return courier.list(DUE, Queue::of, channel);
  }

  /**
   * @param many how many of each queue
   */
  List<Held> claim(Sql courier, String channel, Map<Queue, Integer> many, UUID owner) {
    return courier.list(
        CLAIM,
        row -> {
          Buffer holes = row.getBuffer("holes");
          Queue queue = Queue.of(row);
          return new Held(
              row.getLong("broadcast"),
              queue,
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
                  queue.group().length() > 0
                      && row.getString("waits_for").equals(Settlement.WaitsFor.RATE.name())),
              row.getBoolean("crashed"));
        },
        channel,
        many.keySet().stream().map(queue -> queue.lane().number()).toArray(Short[]::new),
        many.keySet().stream().map(Queue::group).toArray(Buffer[]::new),
        many.keySet().stream().map(Queue::orNull).toArray(Double[]::new),
        many.values().toArray(Integer[]::new),
        owner,
        many.keySet().stream().map(Queue::ordinary).toArray(Boolean[]::new),
        many.keySet().stream().map(Queue::knocks).toArray(Boolean[]::new));
  }

  /** Of one broadcast: an answer may take longer than a lease. */
  void renew(Sql courier, long broadcast, List<Held> rows) {
    courier.run(
        RENEW,
        broadcast,
        rows.stream().map(held -> held.pending().segment()).toArray(Integer[]::new),
        rows.stream().map(held -> (short) held.pending().ord()).toArray(Short[]::new),
        rows.stream().map(Held::epoch).toArray(Integer[]::new));
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
        batch.stream().map(t -> t.settlement().group()).toArray(Buffer[]::new),
        batch.stream().map(t -> t.settlement().reached()).toArray(Boolean[]::new),
        batch.stream()
            .map(t -> SegmentRepository.sealAnswer(sealer, t.settlement()))
            .toArray(Buffer[]::new),
        batch.stream().map(t -> t.settlement().why()).toArray(String[]::new));
  }
}
