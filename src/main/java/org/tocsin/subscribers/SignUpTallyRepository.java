package org.tocsin.subscribers;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.tocsin.platform.database.Sql;
import org.tocsin.subscribers.SignUpTally.What;

/** Owns {@code people.sign_up_tally}. */
final class SignUpTallyRepository {
  private static final String ADD =
      """
      INSERT INTO people.sign_up_tally (hour, what, n) VALUES ($1, $2, $3)
      ON CONFLICT (hour, what) DO UPDATE SET n = people.sign_up_tally.n + excluded.n
      """;
  private static final String SINCE =
      "SELECT what, sum(n)::bigint AS n FROM people.sign_up_tally WHERE hour > $1 GROUP BY what";
  private static final String DELETE_OLD = "DELETE FROM people.sign_up_tally WHERE hour <= $1";

  void add(Sql sql, Instant hour, What what, long more) {
    sql.run(ADD, SubscriberRepository.time(hour), what.name(), more);
  }

  Map<What, Long> since(Sql sql, Instant after) {
    Map<What, Long> counts = new EnumMap<>(What.class);
    sql.list(
            SINCE,
            row -> Map.entry(What.valueOf(row.getString("what")), row.getLong("n")),
            SubscriberRepository.time(after))
        .forEach(one -> counts.put(one.getKey(), one.getValue()));
    return counts;
  }

  int deleteOlderThan(Sql sql, Instant limit) {
    return sql.run(DELETE_OLD, SubscriberRepository.time(limit));
  }
}
