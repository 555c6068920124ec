package org.tocsin.correspondents;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Optional;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code members.application_request}: the site adds, the hub takes. */
final class ApplicationRequestRepository {
  private static final String INSERT =
      "INSERT INTO members.application_request (request_sealed, source_hash, at) VALUES ($1, $2, $3)";
  private static final String NEXT =
      """
      SELECT id FROM members.application_request WHERE retry_at IS NULL OR retry_at <= $1 ORDER BY id LIMIT 1
      """;
  private static final String TAKE =
      "DELETE FROM members.application_request WHERE id = $1 RETURNING request_sealed, source_hash";
  private static final String POSTPONE =
      "UPDATE members.application_request SET retry_at = $2 WHERE id = $1";
  private static final String DELETE_STALE =
      "DELETE FROM members.application_request WHERE at <= $1";

  /** A row as the site left it, still sealed. */
  record Request(Buffer sealed, byte[] source) {}

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
            new Request(row.getBuffer("request_sealed"), row.getBuffer("source_hash").getBytes()),
        id);
  }

  void postpone(Sql sql, long id, Instant until) {
    sql.run(POSTPONE, id, Columns.time(until));
  }

  int deleteOlderThan(Sql sql, Instant limit) {
    return sql.run(DELETE_STALE, Columns.time(limit));
  }
}
