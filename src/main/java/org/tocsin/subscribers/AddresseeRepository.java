package org.tocsin.subscribers;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.database.Sql;

/**
 * Reads the audience of a send: its members on the hub's role, each as the courier may see them.
 */
final class AddresseeRepository {
  /**
   * Walks the subscribers by number. The planner probes a common topic and merges a rare one; the
   * test explains both at a million.
   */
  static final String MEMBERS =
      """
      SELECT s.id FROM people.subscriber s
      WHERE s.id > $1 AND s.state = 'ACTIVE' AND s.id IN (
        SELECT t.subscriber FROM people.subscription t
        WHERE t.topic = ANY($2) AND t.state = 'ACTIVE' AND t.subscriber > $1)
      ORDER BY s.id LIMIT $3
      """;

  private static final String COUNT =
      """
      SELECT count(*) AS n FROM people.subscriber s
      WHERE s.state = 'ACTIVE' AND s.id IN (
        SELECT t.subscriber FROM people.subscription t WHERE t.topic = ANY($1) AND t.state = 'ACTIVE')
      """;
  private static final String ADDRESSEES =
      """
      SELECT id, address_sealed, name_sealed, language, state, links, topics
      FROM people.addressee WHERE id = ANY($1)
      """;

  /** A row of the courier's view, still sealed. */
  record ClosedAddressee(
      SubscriberId id,
      byte[] address,
      Optional<byte[]> name,
      String language,
      SubscriberState state,
      int links,
      List<String> topics) {
    static ClosedAddressee of(Row row) {
      return new ClosedAddressee(
          new SubscriberId(row.getLong("id")),
          row.getBuffer("address_sealed").getBytes(),
          Optional.ofNullable(row.getBuffer("name_sealed")).map(Buffer::getBytes),
          row.getString("language"),
          SubscriberState.valueOf(row.getString("state")),
          row.getInteger("links"),
          List.of(row.getArrayOfStrings("topics")));
    }
  }

  List<Long> members(Sql sql, List<String> topics, long after, int limit) {
    return sql.list(MEMBERS, row -> row.getLong("id"), after, topics.toArray(String[]::new), limit);
  }

  long count(Sql sql, List<String> topics) {
    return sql.get(COUNT, row -> row.getLong("n"), (Object) topics.toArray(String[]::new));
  }

  List<ClosedAddressee> addressees(Sql courier, List<Long> ids) {
    return courier.list(ADDRESSEES, ClosedAddressee::of, (Object) ids.toArray(Long[]::new));
  }
}
