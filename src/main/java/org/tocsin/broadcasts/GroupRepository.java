package org.tocsin.broadcasts;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tocsin.channels.Outcome;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Sql;

/** Owns {@code engine.grp} and {@code engine.tally}. Courier's role. */
final class GroupRepository {
  /** In the order of the hashes, as whoever else writes several. */
  private static final String MEET =
      """
      INSERT INTO engine.grp (channel, key_hash, name_sealed)
      SELECT * FROM unnest($1::text[], $2::bytea[], $3::bytea[]) AS u(channel, hash, name)
      WHERE NOT EXISTS (SELECT FROM engine.grp g WHERE g.key_hash = u.hash)
      ORDER BY hash ON CONFLICT (key_hash) DO NOTHING
      """;

  private static final String LIMIT = "UPDATE engine.grp SET per_second = $2 WHERE key_hash = $1";

  private static final String UNLIMIT =
      """
      UPDATE engine.grp SET per_second = NULL
      WHERE channel = $1 AND per_second IS NOT NULL AND key_hash <> ALL($2::bytea[])
      """;

  private static final String ADD =
      """
      INSERT INTO engine.tally AS t (broadcast, grp, accepted, deferred, refused)
      SELECT u.broadcast, g.id, accepted, deferred, refused
      FROM unnest($1::bigint[], $2::bytea[], $3::int[], $4::int[], $5::int[])
        AS u(broadcast, hash, accepted, deferred, refused) JOIN engine.grp g ON g.key_hash = u.hash
      ORDER BY u.broadcast, g.id
      ON CONFLICT (broadcast, grp) DO UPDATE SET accepted = t.accepted + excluded.accepted,
        deferred = t.deferred + excluded.deferred, refused = t.refused + excluded.refused
      """;

  /**
   * $2 seconds that it wishes, or null; $3 seconds at first, $4 at most; $5 why. Once a second at
   * most: many hear the same answer at once.
   */
  private static final String CLOSE =
      """
      UPDATE engine.grp SET strikes = least(strikes + 1, 20), why = $5, stop_not_before = NULL,
        not_before = clock_timestamp() + make_interval(secs =>
          greatest(coalesce($2::float8, 0), least($3::float8 * 2 ^ least(strikes, 10), $4::float8)))
      WHERE key_hash = $1 AND (not_before IS NULL OR not_before <= clock_timestamp())
      RETURNING extract(epoch FROM not_before - clock_timestamp())::float8 AS seconds
      """;

  private static final String OPEN =
      """
      UPDATE engine.grp SET strikes = 0, not_before = NULL, why = ''
      WHERE key_hash = $1 AND (not_before IS NULL OR not_before <= clock_timestamp())
      """;
  private static final String CLOSED =
      """
      SELECT key_hash, why, extract(epoch FROM not_before - clock_timestamp())::float8 AS seconds,
        stop_not_before IS NOT DISTINCT FROM '-infinity' AS takes_stops
      FROM engine.grp WHERE not_before > clock_timestamp()
      """;

  private final Sealer sealer;

  GroupRepository(Sealer sealer) {
    this.sealer = sealer;
  }

  /** How long a group wants nothing yet, and why; and whether it takes stops all the same. */
  record Closed(Duration lasts, String why, boolean takesStops) {}

  /** How often a group took, put off and refused. */
  record Tally(int accepted, int deferred, int refused) {
    static Tally of(Outcome outcome) {
      return switch (outcome) {
        case Outcome.Accepted _ -> new Tally(1, 0, 0);
        case Outcome.Deferred _, Outcome.InDoubt _ -> new Tally(0, 1, 0);
        case Outcome.Refused _ -> new Tally(0, 0, 1);
        case Outcome.Unsent _ -> new Tally(0, 0, 0);
      };
    }

    Tally plus(Tally more) {
      return new Tally(accepted + more.accepted, deferred + more.deferred, refused + more.refused);
    }
  }

  /** A group's part of a broadcast since the last writing. */
  record Row(long broadcast, Group group, Tally tally) {}

  void add(Sql courier, List<Row> rows) {
    meet(courier, rows.stream().map(Row::group).distinct().toList());
    courier.run(
        ADD,
        rows.stream().map(Row::broadcast).toArray(Long[]::new),
        rows.stream().map(row -> row.group().hash()).toArray(Buffer[]::new),
        rows.stream().map(row -> row.tally().accepted()).toArray(Integer[]::new),
        rows.stream().map(row -> row.tally().deferred()).toArray(Integer[]::new),
        rows.stream().map(row -> row.tally().refused()).toArray(Integer[]::new));
  }

  private void meet(Sql courier, List<Group> groups) {
    List<Group> sorted =
        groups.stream().sorted(Comparator.comparing(group -> group.hash().toString())).toList();
    courier.run(
        MEET,
        sorted.stream().map(Group::channel).toArray(String[]::new),
        sorted.stream().map(Group::hash).toArray(Buffer[]::new),
        sorted.stream()
            .map(group -> Buffer.buffer(sealer.seal(Broadcasts.GROUP, group.name())))
            .toArray(Buffer[]::new));
  }

  /** Written down for all nodes, whichever lets in who waits for it. */
  void limit(Sql courier, Group group) {
    meet(courier, List.of(group));
    OptionalDouble perSecond = group.perSecond();
    courier.run(LIMIT, group.hash(), perSecond.isPresent() ? perSecond.getAsDouble() : null);
  }

  /** Of all groups of the channel but these. */
  void unlimit(Sql courier, String channel, List<Buffer> but) {
    courier.run(UNLIMIT, channel, but.toArray(Buffer[]::new));
  }

  /**
   * How long it is closed now; empty where it is closed already.
   *
   * @param first how long at first; doubled each time up to the {@code longest}
   */
  Optional<Duration> close(
      Sql courier,
      Group group,
      Optional<Duration> wish,
      Duration first,
      Duration longest,
      String why) {
    meet(courier, List.of(group));
    return courier.find(
        CLOSE,
        row -> seconds(row.getDouble("seconds")),
        group.hash(),
        wish.map(w -> w.toMillis() / 1_000.0).orElse(null),
        first.toMillis() / 1_000.0,
        longest.toMillis() / 1_000.0,
        why);
  }

  void open(Sql courier, Group group) {
    courier.run(OPEN, group.hash());
  }

  Map<Buffer, Closed> closed(Sql courier) {
    Map<Buffer, Closed> closed = new HashMap<>();
    courier
        .list(
            CLOSED,
            row ->
                Map.entry(
                    row.getBuffer("key_hash"),
                    new Closed(
                        seconds(row.getDouble("seconds")),
                        row.getString("why"),
                        row.getBoolean("takes_stops"))))
        .forEach(entry -> closed.put(entry.getKey(), entry.getValue()));
    return closed;
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }
}
