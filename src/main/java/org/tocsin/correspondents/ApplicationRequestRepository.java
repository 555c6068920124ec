package org.tocsin.correspondents;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Optional;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code members.application_request}: the site adds, the hub takes. */
final class ApplicationRequestRepository {
  private static final String INSERT =
      "INSERT INTO members.application_request (request_sealed, source_hash, at) VALUES ($1, $2,"
          + " $3)";
  private static final String NEXT =
      """
      SELECT id FROM members.application_request WHERE retry_at IS NULL OR retry_at <= $1 ORDER BY id LIMIT 1
      """;
  private static final String TAKE =
      """
      DELETE FROM members.application_request WHERE id = $1 RETURNING request_sealed, source_hash, at, slot_at
      """;

  /** Who asks again while their letter waits says it anew; the letter keeps its earlier turn. */
  private static final String WAIT =
      """
      INSERT INTO members.application_request (request_sealed, source_hash, at, retry_at, slot_at, address_hash)
      VALUES ($1, $2, $3, $4, $4, $5)
      ON CONFLICT (address_hash) DO UPDATE SET request_sealed = excluded.request_sealed
      """;

  private static final String WAITING =
      "SELECT count(*) AS n FROM members.application_request WHERE slot_at IS NOT NULL";
  private static final String RETRY_LATER =
      "UPDATE members.application_request SET retry_at = $2 WHERE id = $1";
  private static final String DELETE_STALE =
      "DELETE FROM members.application_request WHERE at <= $1";

  /**
   * A row as the site left it, still sealed.
   *
   * @param waited whether its turn has come
   */
  record Request(Buffer sealed, byte[] source, Instant at, boolean waited) {}

  /** No RETURNING: the site may not read what it wrote. */
  void insert(Tx tx, Buffer sealed, Buffer source, Instant now) {
    tx.run(INSERT, sealed, source, Columns.time(now));
  }

  Optional<Long> next(Sql sql, Instant now) {
    return sql.find(NEXT, row -> row.getLong("id"), Columns.time(now));
  }

  Optional<Request> take(Tx tx, long id) {
    return tx.find(
        TAKE,
        row ->
            new Request(
                row.getBuffer("request_sealed"),
                row.getBuffer("source_hash").getBytes(),
                row.getOffsetDateTime("at").toInstant(),
                row.getOffsetDateTime("slot_at") != null),
        id);
  }

  /** Until its turn; one waiting letter an address. */
  void waitFor(Tx tx, Request request, Buffer addressHash, Instant turn) {
    tx.run(
        WAIT,
        request.sealed(),
        Buffer.buffer(request.source()),
        Columns.time(request.at()),
        Columns.time(turn),
        addressHash);
  }

  long waiting(Sql sql) {
    return sql.get(WAITING, row -> row.getLong("n"));
  }

  void retryLater(Sql sql, long id, Instant until) {
    sql.run(RETRY_LATER, id, Columns.time(until));
  }

  int deleteOlderThan(Sql sql, Instant limit) {
    return sql.run(DELETE_STALE, Columns.time(limit));
  }
}
