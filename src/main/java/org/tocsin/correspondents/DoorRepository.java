package org.tocsin.correspondents;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.access.LetterCode;
import org.tocsin.access.MailedLink;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code members.link_request}, {@code members.sign_in_link} and {@code members.session}. */
final class DoorRepository {
  private static final String ASK =
      """
      INSERT INTO members.link_request (address_sealed, browser_digest, at, source_hash, marks, by_mark)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;
  private static final String WAITING = "SELECT id FROM members.link_request ORDER BY id LIMIT $1";
  private static final String CLAIM =
      """
      DELETE FROM members.link_request WHERE id =
        (SELECT id FROM members.link_request WHERE id = $1 FOR UPDATE SKIP LOCKED)
      RETURNING *
      """;
  private static final String REQUESTS = "SELECT id, address_sealed FROM members.link_request";
  private static final String DROP = "DELETE FROM members.link_request WHERE id = $1";
  private static final String INSERT_LINK =
      """
      INSERT INTO members.sign_in_link (digest, browser_digest, member, expires_at, anywhere, code_hash, code_until)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;
  private static final String WORKS_IN =
      """
      SELECT anywhere OR browser_digest = $2 AS here FROM members.sign_in_link WHERE digest = $1 AND expires_at > $3
      """;
  private static final String TRY_CODES =
      """
      UPDATE members.sign_in_link SET code_tries = code_tries + 1
      WHERE browser_digest = $1 AND code_until > $2 AND code_tries < $3 RETURNING digest, code_hash
      """;
  private static final String OPENS_ANYWHERE =
      "SELECT 1 FROM members.sign_in_link WHERE member = $1 AND anywhere AND expires_at > $2 LIMIT"
          + " 1";
  private static final String USE =
      """
      DELETE FROM members.sign_in_link
      WHERE digest = $1 AND (anywhere OR browser_digest = $2) AND expires_at > $3 RETURNING member
      """;
  private static final String INSERT_SESSION =
      """
      INSERT INTO members.session (digest, member, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)
      """;
  private static final String SESSION =
      """
      SELECT s.member, s.seen_at FROM members.session s JOIN members.member m ON m.id = s.member AND m.state = 'ACTIVE'
      WHERE s.digest = $1 AND s.expires_at > $2 AND s.seen_at > $3
      """;
  private static final String TOUCH =
      "UPDATE members.session SET seen_at = $2 WHERE digest = $1 AND seen_at < $2";
  private static final String END =
      "DELETE FROM members.session WHERE digest = $1 RETURNING member";
  private static final String SHUT_LINKS = "DELETE FROM members.sign_in_link WHERE member = $1";
  private static final String SHUT_SESSIONS = "DELETE FROM members.session WHERE member = $1";
  private static final String FORGET_REQUESTS = "DELETE FROM members.link_request WHERE at <= $1";
  private static final String FORGET_LINKS =
      "DELETE FROM members.sign_in_link WHERE expires_at <= $1";
  private static final String FORGET_SESSIONS =
      "DELETE FROM members.session WHERE expires_at <= $1 OR seen_at <= $2";

  /**
   * Somebody's wish for a link, with the address still sealed.
   *
   * @param byMark whether it was let in by a mark alone, and so is good for its owner alone
   */
  record Wish(
      Buffer address, byte[] browser, Instant at, byte[] source, String marks, boolean byMark) {}

  /** The code beside a link. */
  record Code(byte[] link, byte[] hash) {}

  /** An open session. */
  record Seen(MemberId member, Instant seenAt) {}

  void ask(Tx tx, Wish wish) {
    tx.run(
        ASK,
        wish.address(),
        Buffer.buffer(wish.browser()),
        Columns.time(wish.at()),
        Buffer.buffer(wish.source()),
        wish.marks(),
        wish.byMark());
  }

  /** Every wish that waits for its link; there are never many. */
  Map<Long, Buffer> asked(Tx tx) {
    Map<Long, Buffer> asked = new LinkedHashMap<>();
    tx.list(REQUESTS, row -> Map.entry(row.getLong("id"), row.getBuffer("address_sealed")))
        .forEach(one -> asked.put(one.getKey(), one.getValue()));
    return asked;
  }

  /** Out everywhere, and no link brings them in. */
  void shut(Tx tx, MemberId id) {
    tx.run(SHUT_LINKS, id.value());
    tx.run(SHUT_SESSIONS, id.value());
  }

  void drop(Tx tx, long request) {
    tx.run(DROP, request);
  }

  List<Long> waiting(Sql sql, int limit) {
    return sql.list(WAITING, row -> row.getLong("id"), limit);
  }

  /** Takes the wish away; a rollback puts it back. */
  Optional<Wish> claim(Tx tx, long id) {
    return tx.find(
        CLAIM,
        row ->
            new Wish(
                row.getBuffer("address_sealed"),
                row.getBuffer("browser_digest").getBytes(),
                row.getOffsetDateTime("at").toInstant(),
                row.getBuffer("source_hash").getBytes(),
                row.getString("marks"),
                row.getBoolean("by_mark")),
        id);
  }

  void insertLink(
      Tx tx, MailedLink link, byte[] browser, MemberId member, byte[] codeHash, Instant now) {
    tx.run(
        INSERT_LINK,
        Buffer.buffer(Secrets.digest(link.token())),
        Buffer.buffer(browser),
        member.value(),
        Columns.time(link.expires()),
        link.anywhere(),
        Buffer.buffer(codeHash),
        Columns.time(now.plus(LetterCode.LIVES)));
  }

  /** Whether a link works in this browser; empty where it works in none. */
  Optional<Boolean> worksIn(Sql sql, byte[] digest, byte[] browser, Instant now) {
    return sql.find(
        WORKS_IN,
        row -> row.getBoolean("here"),
        Buffer.buffer(digest),
        Buffer.buffer(browser),
        Columns.time(now));
  }

  /** Uses up one try of every code this browser waits for. */
  List<Code> tryCodes(Tx tx, byte[] browser, Instant now, int most) {
    return tx.list(
        TRY_CODES,
        row -> new Code(row.getBuffer("digest").getBytes(), row.getBuffer("code_hash").getBytes()),
        Buffer.buffer(browser),
        Columns.time(now),
        most);
  }

  boolean opensAnywhere(Sql sql, MemberId member, Instant now) {
    return sql.find(OPENS_ANYWHERE, row -> true, member.value(), Columns.time(now)).orElse(false);
  }

  /** One statement, so that of two who use a link at once only one gets in. */
  Optional<MemberId> use(Tx tx, byte[] digest, byte[] browser, Instant now) {
    return tx.find(
        USE,
        row -> new MemberId(row.getLong("member")),
        Buffer.buffer(digest),
        Buffer.buffer(browser),
        Columns.time(now));
  }

  void insertSession(Tx tx, byte[] digest, MemberId member, Instant now, Instant expires) {
    tx.run(
        INSERT_SESSION,
        Buffer.buffer(digest),
        member.value(),
        Columns.time(now),
        Columns.time(expires));
  }

  Optional<Seen> session(Sql sql, byte[] digest, Instant now, Instant seenAfter) {
    return sql.find(
        SESSION,
        row ->
            new Seen(
                new MemberId(row.getLong("member")), row.getOffsetDateTime("seen_at").toInstant()),
        Buffer.buffer(digest),
        Columns.time(now),
        Columns.time(seenAfter));
  }

  void touch(Sql sql, byte[] digest, Instant now) {
    sql.run(TOUCH, Buffer.buffer(digest), Columns.time(now));
  }

  Optional<MemberId> end(Tx tx, byte[] digest) {
    return tx.find(END, row -> new MemberId(row.getLong("member")), Buffer.buffer(digest));
  }

  void forget(Sql sql, Instant now, Instant askedBefore, Instant seenBefore) {
    sql.run(FORGET_REQUESTS, Columns.time(askedBefore));
    sql.run(FORGET_LINKS, Columns.time(now));
    sql.run(FORGET_SESSIONS, Columns.time(now), Columns.time(seenBefore));
  }
}
