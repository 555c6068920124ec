package org.tocsin.access;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code access.sign_in_link} and {@code access.link_request}. */
final class SignInLinkRepository {
  private static final String INSERT =
      """
      INSERT INTO access.sign_in_link (digest, staff, created_at, expires_at) VALUES ($1, $2, $3, $4)
      """;
  private static final String USABLE =
      """
      SELECT 1 FROM access.sign_in_link l JOIN access.staff m ON m.id = l.staff AND m.state = 'ACTIVE'
      WHERE l.digest = $1 AND l.used_at IS NULL AND l.expires_at > $2
      """;
  private static final String USE =
      """
      UPDATE access.sign_in_link l SET used_at = $2 FROM access.staff m
      WHERE l.digest = $1 AND l.used_at IS NULL AND l.expires_at > $2 AND m.id = l.staff AND m.state = 'ACTIVE'
      RETURNING l.staff
      """;
  private static final String VOID_ALL =
      "DELETE FROM access.sign_in_link WHERE staff = $1 AND used_at IS NULL";
  private static final String FORGET = "DELETE FROM access.sign_in_link WHERE expires_at <= $1";

  private static final String ASK =
      "INSERT INTO access.link_request (address_sealed, at) VALUES ($1, $2)";
  private static final String WAITING = "SELECT id FROM access.link_request ORDER BY id LIMIT $1";
  private static final String CLAIM =
      """
      DELETE FROM access.link_request WHERE id =
        (SELECT id FROM access.link_request WHERE id = $1 FOR UPDATE SKIP LOCKED)
      RETURNING address_sealed, at
      """;
  private static final String FORGET_REQUESTS = "DELETE FROM access.link_request WHERE at <= $1";

  /** Somebody's wish for a link, with the address still sealed. */
  record Request(byte[] address, Instant at) {}

  void insert(Tx tx, byte[] digest, StaffId staff, Instant now, Instant expires) {
    tx.run(INSERT, Buffer.buffer(digest), staff.value(), utc(now), utc(expires));
  }

  boolean usable(Sql sql, byte[] digest, Instant now) {
    return sql.find(USABLE, row -> true, Buffer.buffer(digest), utc(now)).orElse(false);
  }

  /** One statement, so that of two who use a link at once only one gets in. */
  Optional<StaffId> use(Tx tx, byte[] digest, Instant now) {
    return tx.find(USE, row -> new StaffId(row.getLong("staff")), Buffer.buffer(digest), utc(now));
  }

  void voidAll(Tx tx, StaffId staff) {
    tx.run(VOID_ALL, staff.value());
  }

  int forget(Sql sql, Instant expiredBefore) {
    return sql.run(FORGET, utc(expiredBefore));
  }

  void ask(Tx tx, byte[] address, Instant now) {
    tx.run(ASK, Buffer.buffer(address), utc(now));
  }

  List<Long> waiting(Sql sql, int limit) {
    return sql.list(WAITING, row -> row.getLong("id"), limit);
  }

  /** Takes the request away; a rollback puts it back. */
  Optional<Request> claim(Tx tx, long id) {
    return tx.find(
        CLAIM,
        row ->
            new Request(
                row.getBuffer("address_sealed").getBytes(),
                row.getOffsetDateTime("at").toInstant()),
        id);
  }

  int forgetRequests(Sql sql, Instant before) {
    return sql.run(FORGET_REQUESTS, utc(before));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
