package org.tocsin.access;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code access.sign_in_link} and {@code access.link_request}. */
final class SignInLinkRepository {
  private static final String INSERT =
      """
      INSERT INTO access.sign_in_link (digest, staff, created_at, expires_at, anywhere, replaces_password)
      VALUES ($1, $2, $3, $4, true, true)
      """;
  private static final String INSERT_MAILED =
      """
      INSERT INTO access.sign_in_link (digest, staff, created_at, expires_at, browser_digest, anywhere,
        replaces_password, code_hash, code_until)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """;
  private static final String WORKS_IN =
      """
      SELECT l.anywhere OR l.browser_digest = $2 AS here
      FROM access.sign_in_link l JOIN access.staff m ON m.id = l.staff AND m.state = 'ACTIVE'
      WHERE l.digest = $1 AND l.used_at IS NULL AND l.expires_at > $3
      """;
  private static final String USE =
      """
      UPDATE access.sign_in_link l SET used_at = $3 FROM access.staff m
      WHERE l.digest = $1 AND (l.anywhere OR l.browser_digest = $2) AND l.used_at IS NULL AND l.expires_at > $3
        AND m.id = l.staff AND m.state = 'ACTIVE'
      RETURNING l.staff, l.replaces_password
      """;
  private static final String TRY_CODES =
      """
      UPDATE access.sign_in_link SET code_tries = code_tries + 1
      WHERE browser_digest = $1 AND used_at IS NULL AND code_until > $2 AND code_tries < $3
      RETURNING digest, code_hash
      """;
  private static final String OPENS_ANYWHERE =
      """
      SELECT 1 FROM access.sign_in_link
      WHERE staff = $1 AND browser_digest IS NOT NULL AND anywhere AND used_at IS NULL AND expires_at > $2
      LIMIT 1
      """;
  private static final String VOID_ALL =
      "DELETE FROM access.sign_in_link WHERE staff = $1 AND used_at IS NULL";
  private static final String FORGET = "DELETE FROM access.sign_in_link WHERE expires_at <= $1";

  private static final String ASK =
      """
      INSERT INTO access.link_request (address_sealed, at, browser_digest, source_hash, marks, by_mark, forgotten)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;
  private static final String WAITING = "SELECT id FROM access.link_request ORDER BY id LIMIT $1";
  private static final String CLAIM =
      """
      DELETE FROM access.link_request WHERE id =
        (SELECT id FROM access.link_request WHERE id = $1 FOR UPDATE SKIP LOCKED)
      RETURNING *
      """;
  private static final String FORGET_REQUESTS = "DELETE FROM access.link_request WHERE at <= $1";

  /**
   * Somebody's wish for a link, with the address still sealed.
   *
   * @param byMark whether it was let in by a mark alone, and so is good for its owner alone
   * @param forgotten whether a new password was asked for
   */
  record Request(
      byte[] address,
      Instant at,
      byte[] browser,
      byte[] source,
      String marks,
      boolean byMark,
      boolean forgotten) {}

  /** A link that was just used. */
  record Used(StaffId staff, boolean replacesPassword) {}

  /** The code beside a link. */
  record Code(byte[] link, byte[] hash) {}

  void insert(Tx tx, byte[] digest, StaffId staff, Instant now, Instant expires) {
    tx.run(INSERT, Buffer.buffer(digest), staff.value(), utc(now), utc(expires));
  }

  void insertMailed(
      Tx tx, MailedLink link, StaffId staff, byte[] browser, byte[] codeHash, Instant now) {
    tx.run(
        INSERT_MAILED,
        Buffer.buffer(Secrets.digest(link.token())),
        staff.value(),
        utc(now),
        utc(link.expires()),
        Buffer.buffer(browser),
        link.anywhere(),
        link.replacesPassword(),
        Buffer.buffer(codeHash),
        utc(now.plus(LetterCode.LIVES)));
  }

  /** Whether a link works in this browser; empty where it works in none. */
  Optional<Boolean> worksIn(Sql sql, byte[] digest, byte[] browser, Instant now) {
    return sql.find(
        WORKS_IN,
        row -> Boolean.TRUE.equals(row.getBoolean("here")),
        Buffer.buffer(digest),
        Buffer.buffer(browser),
        utc(now));
  }

  /** Uses up one try of every code this browser waits for. */
  List<Code> tryCodes(Tx tx, byte[] browser, Instant now, int most) {
    return tx.list(
        TRY_CODES,
        row -> new Code(row.getBuffer("digest").getBytes(), row.getBuffer("code_hash").getBytes()),
        Buffer.buffer(browser),
        utc(now),
        most);
  }

  boolean opensAnywhere(Sql sql, StaffId staff, Instant now) {
    return sql.find(OPENS_ANYWHERE, row -> true, staff.value(), utc(now)).orElse(false);
  }

  /** One statement, so that of two who use a link at once only one gets in. */
  Optional<Used> use(Tx tx, byte[] digest, byte[] browser, Instant now) {
    return tx.find(
        USE,
        row -> new Used(new StaffId(row.getLong("staff")), row.getBoolean("replaces_password")),
        Buffer.buffer(digest),
        Buffer.buffer(browser),
        utc(now));
  }

  void voidAll(Tx tx, StaffId staff) {
    tx.run(VOID_ALL, staff.value());
  }

  int forget(Sql sql, Instant expiredBefore) {
    return sql.run(FORGET, utc(expiredBefore));
  }

  void ask(Tx tx, Request wish) {
    tx.run(
        ASK,
        Buffer.buffer(wish.address()),
        utc(wish.at()),
        Buffer.buffer(wish.browser()),
        Buffer.buffer(wish.source()),
        wish.marks(),
        wish.byMark(),
        wish.forgotten());
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
                row.getOffsetDateTime("at").toInstant(),
                row.getBuffer("browser_digest").getBytes(),
                row.getBuffer("source_hash").getBytes(),
                row.getString("marks"),
                row.getBoolean("by_mark"),
                row.getBoolean("forgotten")),
        id);
  }

  int forgetRequests(Sql sql, Instant before) {
    return sql.run(FORGET_REQUESTS, utc(before));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
