package org.tocsin.access;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code access.api_token}. */
final class ApiTokenRepository {
  private static final String INSERT =
      """
      INSERT INTO access.api_token (digest, staff, label, scope, created_at)
      VALUES ($1, $2, $3, $4, $5) RETURNING id
      """;
  private static final String FIND =
      """
      SELECT t.scope, m.id, m.email_sealed, m.name_sealed, m.roles, m.password_hash
      FROM access.api_token t JOIN access.staff m ON m.id = t.staff AND m.state = 'ACTIVE'
      WHERE t.digest = $1 AND t.revoked_at IS NULL
      """;
  private static final String LIST =
      "SELECT * FROM access.api_token WHERE staff = $1 ORDER BY id DESC LIMIT $2";
  private static final String REVOKE =
      """
      UPDATE access.api_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING staff
      """;
  private static final String BY_DIGEST = "SELECT id FROM access.api_token WHERE digest = $1";
  private static final String REVOKE_ALL =
      "UPDATE access.api_token SET revoked_at = $2 WHERE staff = $1 AND revoked_at IS NULL";

  /** {@code scope} empty means all roles of the person. */
  long insert(Tx tx, byte[] digest, StaffId staff, String label, Set<Role> scope, Instant now) {
    return tx.get(
        INSERT,
        row -> row.getLong("id"),
        Buffer.buffer(digest),
        staff.value(),
        label,
        scope.isEmpty() ? null : StaffRepository.words(scope),
        utc(now));
  }

  Optional<StaffMember> find(Sql sql, byte[] digest, Function<Row, StaffMember> member) {
    return sql.find(
        FIND,
        row -> narrowed(member.apply(row), row.getArrayOfStrings("scope")),
        Buffer.buffer(digest));
  }

  private static StaffMember narrowed(StaffMember member, String @Nullable [] scope) {
    if (scope == null) {
      return member;
    }
    Set<Role> both = new HashSet<>(member.roles());
    both.retainAll(StaffRepository.roles(scope));
    return new StaffMember(
        member.id(), member.email(), member.name(), Set.copyOf(both), member.hasPassword());
  }

  List<ApiTokens.Token> list(Sql sql, StaffId staff, int limit) {
    return sql.list(
        LIST,
        row -> {
          String @Nullable [] scope = row.getArrayOfStrings("scope");
          return new ApiTokens.Token(
              row.getLong("id"),
              row.getString("label"),
              scope == null ? Set.of() : StaffRepository.roles(scope),
              row.getOffsetDateTime("created_at").toInstant(),
              Optional.ofNullable(row.getOffsetDateTime("revoked_at"))
                  .map(OffsetDateTime::toInstant));
        },
        staff.value(),
        limit);
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

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
