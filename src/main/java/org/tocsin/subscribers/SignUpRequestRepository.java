package org.tocsin.subscribers;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code people.sign_up_request}: the site adds, the hub takes. */
final class SignUpRequestRepository {
  private static final String INSERT =
      """
      INSERT INTO people.sign_up_request (kind, address_sealed, topics, language, source_hash, at, marks)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;
  private static final String NEXT =
      """
      SELECT id FROM people.sign_up_request WHERE retry_at IS NULL OR retry_at <= $1
      ORDER BY id LIMIT 1
      """;
  private static final String TAKE = "DELETE FROM people.sign_up_request WHERE id = $1 RETURNING *";
  private static final String RETRY_LATER =
      "UPDATE people.sign_up_request SET retry_at = $2 WHERE id = $1";

  /** Who asks again while their letter waits wants both; the letter keeps its earlier turn. */
  private static final String WAIT =
      """
      INSERT INTO people.sign_up_request
        (kind, address_sealed, topics, language, source_hash, at, marks, retry_at, slot_at, address_hash)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)
      ON CONFLICT (kind, address_hash) DO UPDATE SET language = excluded.language, topics = ARRAY(
        SELECT DISTINCT t FROM unnest(people.sign_up_request.topics || excluded.topics) t ORDER BY t)
      """;

  private static final String WAITING =
      "SELECT count(*) AS n FROM people.sign_up_request WHERE slot_at IS NOT NULL";
  private static final String DELETE_STALE = "DELETE FROM people.sign_up_request WHERE at <= $1";

  /** The words are the database's. */
  enum Kind {
    SIGN_UP,
    LINK
  }

  /**
   * A row as the site left it, still sealed.
   *
   * @param source keyed hash of the network that asked
   * @param waited whether its turn has come
   */
  record Request(
      Kind kind,
      byte[] address,
      List<String> topics,
      String language,
      byte[] source,
      Instant at,
      String marks,
      boolean waited) {
    static Request of(Row row) {
      return new Request(
          Kind.valueOf(row.getString("kind")),
          row.getBuffer("address_sealed").getBytes(),
          List.of(row.getArrayOfStrings("topics")),
          row.getString("language"),
          row.getBuffer("source_hash").getBytes(),
          row.getOffsetDateTime("at").toInstant(),
          row.getString("marks"),
          row.getOffsetDateTime("slot_at") != null);
    }
  }

  /** No RETURNING: the site may not read what it wrote. */
  void insert(Tx tx, Request request) {
    tx.run(
        INSERT,
        request.kind().name(),
        Buffer.buffer(request.address()),
        request.topics().toArray(String[]::new),
        request.language(),
        Buffer.buffer(request.source()),
        SubscriberRepository.time(request.at()),
        request.marks());
  }

  /** Until its turn; one waiting letter of a kind an address. */
  void waitFor(Tx tx, Request request, byte[] addressHash, Instant turn) {
    tx.run(
        WAIT,
        request.kind().name(),
        Buffer.buffer(request.address()),
        request.topics().toArray(String[]::new),
        request.language(),
        Buffer.buffer(request.source()),
        SubscriberRepository.time(request.at()),
        request.marks(),
        SubscriberRepository.time(turn),
        Buffer.buffer(addressHash));
  }

  /** How many letters wait for their turn. */
  long waiting(Sql sql) {
    return sql.get(WAITING, row -> row.getLong("n"));
  }

  Optional<Long> next(Sql sql, Instant now) {
    return sql.find(NEXT, row -> row.getLong("id"), SubscriberRepository.time(now));
  }

  Optional<Request> take(Tx tx, long id) {
    return tx.find(TAKE, Request::of, id);
  }

  void retryLater(Sql sql, long id, Instant until) {
    sql.run(RETRY_LATER, id, SubscriberRepository.time(until));
  }

  int deleteOlderThan(Sql sql, Instant limit) {
    return sql.run(DELETE_STALE, SubscriberRepository.time(limit));
  }
}
