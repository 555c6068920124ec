package org.tocsin.broadcasts;

import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.database.Tx;

/**
 * Freezes who gets a broadcast: {@code engine.recipient} and the segments over it. Runs on the
 * hub's role.
 */
final class SnapshotRepository {
  /** The most that a segment has. */
  static final int SEGMENT = 1_000;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Of an alert several go side by side, so that none of its members waits for a thousand. */
  private static final int URGENT_SEGMENT = 125;

  /** Takes one broadcast whose snapshot is due; a second snapshotter finds the next. */
  private static final String NEXT =
      """
      SELECT id, lane, channel, audience, selection, snapshot_after, total, segments FROM engine.broadcast
      WHERE NOT snapshot_done AND state IN ('SNAPSHOTTING', 'RUNNING', 'PAUSED') AND not_before <= clock_timestamp()
      ORDER BY lane, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
      """;

  /**
   * $1 broadcast, $2 segments so far, $3 targets in order, $4 the size of a segment. Every chunk
   * but the last fills its segments.
   */
  private static final String RECIPIENTS =
      """
      INSERT INTO engine.recipient (broadcast, segment, ord, target)
      SELECT $1, $2 + 1 + (t.i - 1) / $4::int, ((t.i - 1) % $4::int + 1)::smallint, t.target
      FROM unnest($3::bigint[]) WITH ORDINALITY AS t(target, i)
      """;

  private static final String SEGMENTS =
      """
      INSERT INTO engine.segment (broadcast, no, lane, channel, size, upto)
      SELECT $1, $2 + no, $3, $4, least($6::int, $5 - (no - 1) * $6::int), least($6::int, $5 - (no - 1) * $6::int)
      FROM generate_series(1, ($5 + $6::int - 1) / $6::int) AS no
      """;
  private static final String ADVANCE =
      """
      UPDATE engine.broadcast SET total = total + $2, segments = segments + ($2 + $5::int - 1) / $5::int, snapshot_after = $3,
        snapshot_done = $4, started_at = coalesce(started_at, clock_timestamp()),
        state = CASE WHEN $4 AND total + $2 = 0 THEN 'COMPLETED' WHEN state = 'PAUSED' THEN 'PAUSED' ELSE 'RUNNING' END,
        finished_at = CASE WHEN $4 AND total + $2 = 0 THEN clock_timestamp() END
      WHERE id = $1
      """;

  /** A broadcast whose snapshot goes on after target {@code after}. */
  record Due(
      BroadcastId id,
      Lane lane,
      String channel,
      String audience,
      JsonObject selection,
      long after,
      int segments) {
    int segmentSize() {
      return lane == Lane.URGENT ? URGENT_SEGMENT : SEGMENT;
    }
  }

  Optional<Due> next(Tx tx) {
    return tx.find(
        NEXT,
        row ->
            new Due(
                new BroadcastId(row.getLong("id")),
                Lane.of(row.getShort("lane")),
                row.getString("channel"),
                row.getString("audience"),
                row.getJsonObject("selection"),
                row.getLong("snapshot_after"),
                row.getInteger("segments")));
  }

  /**
   * @param targets in ascending order. They are frozen in another one, or the third of one alert
   *     would be the third of the next, whatever its number there
   */
  void append(Tx tx, Due due, List<Long> targets, boolean last) {
    if (!targets.isEmpty()) {
      tx.run(
          RECIPIENTS,
          due.id().value(),
          due.segments(),
          shuffled(targets).toArray(Long[]::new),
          due.segmentSize());
      tx.run(
          SEGMENTS,
          due.id().value(),
          due.segments(),
          due.lane().number(),
          due.channel(),
          targets.size(),
          due.segmentSize());
    }
    tx.run(
        ADVANCE,
        due.id().value(),
        targets.size(),
        targets.isEmpty() ? due.after() : targets.getLast(),
        last,
        due.segmentSize());
  }

  /** Within a segment's length: what lies near each other on the disk is read together. */
  private static List<Long> shuffled(List<Long> targets) {
    List<Long> all = new ArrayList<>(targets);
    for (int from = 0; from < all.size(); from += SEGMENT) {
      Collections.shuffle(all.subList(from, Math.min(from + SEGMENT, all.size())), RANDOM);
    }
    return all;
  }
}
