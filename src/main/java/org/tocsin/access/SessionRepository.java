package org.tocsin.access;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code access.session}. */
final class SessionRepository {
  private static final String INSERT =
      """
      INSERT INTO access.session (digest, staff, proved_by, created_at, seen_at, expires_at)
      VALUES ($1, $2, $3, $4, $4, $5)
      """;
  private static final String FIND =
      """
      SELECT s.proved_by, s.created_at AS opened_at, s.seen_at,
        m.id, m.email_sealed, m.name_sealed, m.roles, m.password_hash
      FROM access.session s JOIN access.staff m ON m.id = s.staff AND m.state = 'ACTIVE'
      WHERE s.digest = $1 AND s.expires_at > $2 AND s.seen_at > $3
      """;
  private static final String LIST =
      """
      SELECT digest, proved_by, created_at, seen_at FROM access.session
      WHERE staff = $1 AND expires_at > $2 AND seen_at > $3 ORDER BY seen_at DESC, created_at DESC LIMIT $4
      """;
  private static final String TOUCH =
      "UPDATE access.session SET seen_at = $2 WHERE digest = $1 AND seen_at < $2";
  private static final String END = "DELETE FROM access.session WHERE digest = $1 RETURNING staff";
  private static final String END_ALL = "DELETE FROM access.session WHERE staff = $1";
  private static final String FORGET =
      "DELETE FROM access.session WHERE expires_at <= $1 OR seen_at <= $2";

  /** An open session and how it was proved. */
  record Open(StaffMember staff, Proof proof, Instant openedAt, Instant seenAt) {}

  void insert(Tx tx, byte[] digest, StaffId staff, Proof proof, Instant now, Instant expires) {
    tx.run(INSERT, Buffer.buffer(digest), staff.value(), proof.name(), utc(now), utc(expires));
  }

  Optional<Open> find(
      Sql sql, byte[] digest, Instant now, Instant seenAfter, Function<Row, StaffMember> member) {
    return sql.find(
        FIND,
        row ->
            new Open(
                member.apply(row),
                Proof.valueOf(row.getString("proved_by")),
                row.getOffsetDateTime("opened_at").toInstant(),
                row.getOffsetDateTime("seen_at").toInstant()),
        Buffer.buffer(digest),
        utc(now),
        utc(seenAfter));
  }

  List<SignIn.OpenSession> list(
      Sql sql, StaffId staff, byte[] mine, Instant now, Instant seenAfter, int limit) {
    return sql.list(
        LIST,
        row ->
            new SignIn.OpenSession(
                Proof.valueOf(row.getString("proved_by")) != Proof.PASSWORD,
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("seen_at").toInstant(),
                Arrays.equals(mine, row.getBuffer("digest").getBytes())),
        staff.value(),
        utc(now),
        utc(seenAfter),
        limit);
  }

  void touch(Sql sql, byte[] digest, Instant now) {
    sql.run(TOUCH, Buffer.buffer(digest), utc(now));
  }

  Optional<StaffId> end(Tx tx, byte[] digest) {
    return tx.find(END, row -> new StaffId(row.getLong("staff")), Buffer.buffer(digest));
  }

  int endAll(Tx tx, StaffId staff) {
    return tx.run(END_ALL, staff.value());
  }

  int forget(Sql sql, Instant now, Instant seenBefore) {
    return sql.run(FORGET, utc(now), utc(seenBefore));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
