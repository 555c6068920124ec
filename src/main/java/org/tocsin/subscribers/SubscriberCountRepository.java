package org.tocsin.subscribers;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tocsin.platform.database.Sql;

/** Counts subscribers for the desk. */
final class SubscriberCountRepository {
  private static final String BY_STATE =
      "SELECT state, count(*) AS n FROM people.subscriber GROUP BY state";
  private static final String BY_TOPIC =
      """
      SELECT t.topic, count(*) AS n FROM people.subscription t
      JOIN people.subscriber s ON s.id = t.subscriber AND s.state = 'ACTIVE'
      WHERE t.state = 'ACTIVE' GROUP BY t.topic
      """;

  Map<SubscriberState, Long> byState(Sql sql) {
    Map<SubscriberState, Long> counts = new LinkedHashMap<>();
    sql.list(
        BY_STATE,
        row -> counts.put(SubscriberState.valueOf(row.getString("state")), row.getLong("n")));
    return counts;
  }

  /** Only those mail goes to. */
  Map<String, Long> byTopic(Sql sql) {
    Map<String, Long> counts = new LinkedHashMap<>();
    sql.list(BY_TOPIC, row -> counts.put(row.getString("topic"), row.getLong("n")));
    return counts;
  }
}
