package org.tocsin.access;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.access.ApiTokens.Token;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code access.api_token}. */
final class ApiTokenRepository {
  private static final String INSERT =
      """
      INSERT INTO access.api_token (digest, staff, name, scope, created_at, expires_at, next_notice_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *, id AS token
      """;
  private static final String FIND =
      """
      SELECT t.id AS token, t.scope, t.last_used_at, m.id, m.email_sealed, m.name_sealed, m.roles, m.password_hash
      FROM access.api_token t JOIN access.staff m ON m.id = t.staff AND m.state = 'ACTIVE'
      WHERE t.digest = $1 AND t.revoked_at IS NULL AND t.expires_at > $2
      """;
  private static final String EXPIRED =
      """
      SELECT EXISTS (SELECT FROM access.api_token t JOIN access.staff m ON m.id = t.staff AND m.state = 'ACTIVE'
        WHERE t.digest = $1 AND t.revoked_at IS NULL AND t.expires_at <= $2) AS expired
      """;
  private static final String USED =
      "UPDATE access.api_token SET last_used_at = $2 WHERE id = $1 AND last_used_at IS DISTINCT"
          + " FROM $2";
  private static final String RENEW =
      """
      UPDATE access.api_token SET expires_at = $2, next_notice_at = $3
      WHERE digest = $1 AND revoked_at IS NULL
      """;
  private static final String DUE =
      """
      SELECT t.id AS token, t.name, t.scope, t.created_at, t.expires_at, t.last_used_at, t.revoked_at,
        m.id, m.email_sealed, m.name_sealed, m.roles, m.password_hash
      FROM access.api_token t JOIN access.staff m ON m.id = t.staff AND m.state = 'ACTIVE'
      WHERE t.next_notice_at <= $1 AND t.revoked_at IS NULL AND t.expires_at > $1
      ORDER BY t.id LIMIT $2 FOR UPDATE OF t SKIP LOCKED
      """;
  private static final String SET_NEXT_NOTICE =
      "UPDATE access.api_token SET next_notice_at = $2 WHERE id = $1";
  private static final String LIST =
      "SELECT *, id AS token FROM access.api_token WHERE staff = $1 ORDER BY id DESC LIMIT $2";
  private static final String REVOKE =
      """
      UPDATE access.api_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING staff
      """;
  private static final String BY_DIGEST = "SELECT id FROM access.api_token WHERE digest = $1";
  private static final String REVOKE_ALL =
      "UPDATE access.api_token SET revoked_at = $2 WHERE staff = $1 AND revoked_at IS NULL";

  /** One that works now, and whom it acts as. */
  record Working(long token, StaffMember acts, Optional<Instant> lastUsed) {}

  record Owned(Token token, StaffMember owner) {}

  Token insert(
      Tx tx,
      byte[] digest,
      StaffId staff,
      String name,
      TokenScope scope,
      Instant now,
      Instant end) {
    return tx.get(
        INSERT,
        ApiTokenRepository::token,
        Buffer.buffer(digest),
        staff.value(),
        name,
        scope.words().isEmpty() ? null : scope.sorted().toArray(String[]::new),
        utc(now),
        utc(end),
        utc(TokenNotices.first(end, now)));
  }

  Optional<Working> find(Sql sql, byte[] digest, Instant now, Function<Row, StaffMember> member) {
    return sql.find(
        FIND,
        row ->
            new Working(
                row.getLong("token"),
                member.apply(row).within(scope(row)),
                instant(row.getOffsetDateTime("last_used_at"))),
        Buffer.buffer(digest),
        utc(now));
  }

  /** Whether it would work, had its time not ended. */
  boolean expired(Sql sql, byte[] digest, Instant now) {
    return sql.get(EXPIRED, row -> row.getBoolean("expired"), Buffer.buffer(digest), utc(now));
  }

  void used(Sql sql, long id, Instant at) {
    sql.run(USED, id, utc(at));
  }

  boolean renew(Sql sql, byte[] digest, Instant now, Instant end) {
    return sql.run(RENEW, Buffer.buffer(digest), utc(end), utc(TokenNotices.first(end, now))) == 1;
  }

  /** Those whose owner is to be told that they end; nobody else tells them meanwhile. */
  List<Owned> lockDue(Tx tx, Instant now, int limit, Function<Row, StaffMember> member) {
    return tx.list(DUE, row -> new Owned(token(row), member.apply(row)), utc(now), limit);
  }

  void setNextNotice(Tx tx, long id, Optional<Instant> at) {
    tx.run(SET_NEXT_NOTICE, id, utc(at));
  }

  List<Token> list(Sql sql, StaffId staff, int limit) {
    return sql.list(LIST, ApiTokenRepository::token, staff.value(), limit);
  }

  private static Token token(Row row) {
    return new Token(
        row.getLong("token"),
        row.getString("name"),
        scope(row),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("expires_at").toInstant(),
        instant(row.getOffsetDateTime("last_used_at")),
        instant(row.getOffsetDateTime("revoked_at")));
  }

  private static TokenScope scope(Row row) {
    String @Nullable [] words = row.getArrayOfStrings("scope");
    return words == null ? TokenScope.ALL : new TokenScope(Set.of(words));
  }

  Optional<Long> findId(Sql sql, byte[] digest) {
    return sql.find(BY_DIGEST, row -> row.getLong("id"), Buffer.buffer(digest));
  }

  Optional<StaffId> revoke(Tx tx, long id, Instant now) {
    return tx.find(REVOKE, row -> new StaffId(row.getLong("staff")), id, utc(now));
  }

  int revokeAll(Tx tx, StaffId staff, Instant now) {
    return tx.run(REVOKE_ALL, staff.value(), utc(now));
  }

  private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }

  private static @Nullable OffsetDateTime utc(Optional<Instant> instant) {
    return instant.map(ApiTokenRepository::utc).orElse(null);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
