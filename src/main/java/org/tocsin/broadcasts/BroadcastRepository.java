package org.tocsin.broadcasts;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code engine.broadcast} and {@code engine.content}: making and reading them. */
final class BroadcastRepository {
  /** Where the last of its kind had so many recipients, a broadcast gets a cut of its own. */
  private static final int LARGE = 50_000;

  private static final String INSERT =
      """
      INSERT INTO engine.broadcast
        (id, release, channel, lane, kind, title, audience, selection, in_doubt_policy, not_before, expires_at, owner, ends_on_time)
      OVERRIDING SYSTEM VALUE
      VALUES (CASE WHEN $11 <= (SELECT total FROM engine.broadcast
                                WHERE lane <> 1 AND $3 <> 1 AND kind = $4 AND channel = $2
                                ORDER BY id DESC LIMIT 1)
                   THEN engine.large_id() ELSE nextval('engine.broadcast_id_seq') END,
        $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $12, $13) RETURNING id
      """;
  private static final String INSERT_CONTENT =
      "INSERT INTO engine.content (broadcast, language, body, body_sealed) VALUES ($1, $2, $3, $4)";
  private static final String INSERT_SINGLE =
      """
      WITH r AS (INSERT INTO engine.recipient (broadcast, segment, ord, target, holes) VALUES ($1, 1, 1, 1, $2)),
      s AS (INSERT INTO engine.segment (broadcast, no, lane, channel, size, upto) VALUES ($1, 1, $3, $4, 1, 1))
      UPDATE engine.broadcast SET total = 1, segments = 1, snapshot_done = true, state = 'RUNNING',
        started_at = clock_timestamp() WHERE id = $1
      """;
  private static final String PROGRESS =
      """
      SELECT b.*, coalesce(s.sent, 0) AS sent, coalesce(s.failed, 0) AS failed,
        coalesce(s.suppressed, 0) AS suppressed, coalesce(s.withheld, 0) AS withheld,
        coalesce(s.cancelled, 0) AS cancelled, coalesce(s.in_doubt, 0) AS in_doubt
      FROM engine.broadcast b LEFT JOIN LATERAL (
        SELECT sum(sent)::int AS sent, sum(failed)::int AS failed, sum(suppressed)::int AS suppressed,
          sum(withheld)::int AS withheld, sum(cancelled)::int AS cancelled, sum(in_doubt)::int AS in_doubt
        FROM engine.segment WHERE broadcast = b.id) s ON true
      """;
  private static final String ONE = PROGRESS + "WHERE b.id = $1";
  private static final String OWNER = "SELECT owner FROM engine.broadcast WHERE id = $1";
  private static final String OF_RELEASE = PROGRESS + "WHERE b.release = $1 ORDER BY b.id";
  private static final String RECENT =
      PROGRESS + "WHERE b.lane <> 1 AND b.id < $1 ORDER BY b.id DESC LIMIT $2";

  /** Running, with work nobody has taken or renewed for longer than any lease. */
  private static final String STUCK =
      """
      SELECT count(*) AS many FROM engine.broadcast b
      WHERE b.state = 'RUNNING' AND b.started_at < clock_timestamp() - interval '2 min'
        AND EXISTS (SELECT FROM engine.segment s WHERE s.broadcast = b.id AND s.state <> 'DONE')
        AND NOT EXISTS (SELECT FROM engine.segment s WHERE s.channel = b.channel AND s.state = 'LEASED'
          AND s.lease_until > clock_timestamp() - interval '1 min')
      """;

  private static final String PACE =
      """
      SELECT settled, extract(epoch FROM most - started_at) * 1000 AS most, extract(epoch FROM last - started_at) * 1000 AS last
      FROM engine.broadcast b, LATERAL (
        SELECT count(*) AS settled, percentile_disc(0.95) WITHIN GROUP (ORDER BY at) AS most, max(at) AS last
        FROM engine.outcome WHERE broadcast = b.id) o
      WHERE b.id = $1 AND settled > 0 AND started_at IS NOT NULL
      """;

  private final ContentRepository contents;

  BroadcastRepository(ContentRepository contents) {
    this.contents = contents;
  }

  BroadcastId insert(Tx tx, String owner, BroadcastOrder order, boolean endsOnTime) {
    BroadcastId id =
        tx.get(
            INSERT,
            row -> new BroadcastId(row.getLong("id")),
            order.release().orElse(null),
            order.channel(),
            order.lane().number(),
            order.kind(),
            order.title(),
            order.audience(),
            order.selection(),
            order.inDoubt().name(),
            time(order.notBefore()),
            time(order.expiresAt()),
            LARGE,
            owner,
            endsOnTime);
    order
        .content()
        .forEach(
            (language, body) ->
                tx.run(
                    INSERT_CONTENT,
                    id.value(),
                    language,
                    order.lane() == Lane.BULK ? null : body,
                    order.lane() == Lane.BULK ? contents.seal(body) : null));
    return id;
  }

  /** The whole snapshot of a broadcast to one recipient. */
  void insertSingle(Tx tx, BroadcastId id, BroadcastOrder order, byte[] holes) {
    tx.run(INSERT_SINGLE, id.value(), Buffer.buffer(holes), order.lane().number(), order.channel());
  }

  Optional<Progress> find(Sql sql, BroadcastId id) {
    return sql.find(ONE, BroadcastRepository::progress, id.value());
  }

  Optional<String> owner(Sql sql, BroadcastId id) {
    return sql.find(OWNER, row -> row.getString("owner"), id.value());
  }

  List<Progress> ofRelease(Sql sql, long release) {
    return sql.list(OF_RELEASE, BroadcastRepository::progress, release);
  }

  List<Progress> recent(Sql sql, long before, int limit) {
    return sql.list(RECENT, BroadcastRepository::progress, before, limit);
  }

  Optional<Pace> pace(Sql sql, BroadcastId id) {
    return sql.find(
        PACE,
        row ->
            new Pace(
                row.getLong("settled"),
                Duration.ofMillis(row.getBigDecimal("most").longValue()),
                Duration.ofMillis(row.getBigDecimal("last").longValue())),
        id.value());
  }

  long stuck(Sql sql) {
    return sql.get(STUCK, row -> row.getLong("many"));
  }

  private static Progress progress(Row row) {
    return new Progress(
        new BroadcastId(row.getLong("id")),
        row.getString("owner"),
        Optional.ofNullable(row.getLong("release")),
        row.getString("channel"),
        Lane.of(row.getShort("lane")),
        row.getString("kind"),
        row.getString("title"),
        Progress.State.valueOf(row.getString("state")),
        row.getOffsetDateTime("halted_at") != null,
        row.getInteger("total"),
        row.getInteger("sent"),
        row.getInteger("failed"),
        row.getInteger("suppressed"),
        row.getInteger("withheld"),
        row.getInteger("cancelled"),
        row.getInteger("in_doubt"),
        row.getOffsetDateTime("not_before").toInstant(),
        row.getOffsetDateTime("created_at").toInstant(),
        Optional.ofNullable(row.getOffsetDateTime("started_at")).map(OffsetDateTime::toInstant),
        Optional.ofNullable(row.getOffsetDateTime("finished_at")).map(OffsetDateTime::toInstant),
        Optional.ofNullable(row.getString("refused_with")));
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
