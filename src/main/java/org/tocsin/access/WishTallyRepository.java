package org.tocsin.access;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import org.tocsin.access.WishTally.What;
import org.tocsin.platform.database.Sql;

/** Owns {@code people.sign_up_tally}, where a word says which form it was and what was done. */
final class WishTallyRepository {
  private static final String ADD =
      """
      INSERT INTO people.sign_up_tally (hour, what, n) VALUES ($1, $2, $3)
      ON CONFLICT (hour, what) DO UPDATE SET n = people.sign_up_tally.n + excluded.n
      """;
  private static final String SINCE =
      "SELECT what, sum(n)::bigint AS n FROM people.sign_up_tally WHERE hour > $1 GROUP BY what";
  private static final String DELETE_OLD = "DELETE FROM people.sign_up_tally WHERE hour <= $1";

  void add(Sql sql, Instant hour, WishTally.Wish wish, What what, long more) {
    sql.run(ADD, hour.atOffset(ZoneOffset.UTC), wish.word(what), more);
  }

  Map<What, Long> since(Sql sql, WishTally.Wish wish, Instant after) {
    Map<What, Long> counts = new EnumMap<>(What.class);
    sql.list(
            SINCE,
            row -> Map.entry(row.getString("what"), row.getLong("n")),
            after.atOffset(ZoneOffset.UTC))
        .forEach(one -> wish.of(one.getKey()).ifPresent(what -> counts.put(what, one.getValue())));
    return counts;
  }

  int deleteOlderThan(Sql sql, Instant limit) {
    return sql.run(DELETE_OLD, limit.atOffset(ZoneOffset.UTC));
  }
}
