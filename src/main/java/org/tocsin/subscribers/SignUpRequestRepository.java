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
      INSERT INTO people.sign_up_request (kind, address_sealed, topics, language, source_hash, at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;
  private static final String NEXT =
      """
      SELECT id FROM people.sign_up_request WHERE retry_at IS NULL OR retry_at <= $1
      ORDER BY id LIMIT 1
      """;
  private static final String TAKE = "DELETE FROM people.sign_up_request WHERE id = $1 RETURNING *";
  private static final String POSTPONE =
      "UPDATE people.sign_up_request SET retry_at = $2 WHERE id = $1";
  private static final String DELETE_STALE = "DELETE FROM people.sign_up_request WHERE at <= $1";

  /** The words are the database's. */
  enum Kind {
    SIGN_UP,
    LINK
  }

  /** A row as the site left it, still sealed. */
  record Request(
      Kind kind, byte[] address, List<String> topics, String language, byte[] source, Instant at) {
    static Request of(Row row) {
      return new Request(
          Kind.valueOf(row.getString("kind")),
          row.getBuffer("address_sealed").getBytes(),
          List.of(row.getArrayOfStrings("topics")),
          row.getString("language"),
          row.getBuffer("source_hash").getBytes(),
          row.getOffsetDateTime("at").toInstant());
    }
  }

  /** No RETURNING: the site may not read what it wrote. */
  void insert(
      Tx tx,
      Kind kind,
      byte[] address,
      List<String> topics,
      String language,
      byte[] source,
      Instant now) {
    tx.run(
        INSERT,
        kind.name(),
        Buffer.buffer(address),
        topics.toArray(String[]::new),
        language,
        Buffer.buffer(source),
        SubscriberRepository.time(now));
  }

  Optional<Long> next(Sql sql, Instant now) {
    return sql.find(NEXT, row -> row.getLong("id"), SubscriberRepository.time(now));
  }

  Optional<Request> take(Tx tx, long id) {
    return tx.find(TAKE, Request::of, id);
  }

  void postpone(Sql sql, long id, Instant until) {
    sql.run(POSTPONE, id, SubscriberRepository.time(until));
  }

  int deleteOlderThan(Sql sql, Instant limit) {
    return sql.run(DELETE_STALE, SubscriberRepository.time(limit));
  }
}
