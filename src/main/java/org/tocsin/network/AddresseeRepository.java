package org.tocsin.network;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.database.Sql;

/** Reads {@code network.endpoint} as the engine needs it: who listens, and how they are reached. */
final class AddresseeRepository {
  private static final String MEMBERS =
      """
      SELECT id FROM network.endpoint
      WHERE scope = $1 AND $2 = ANY (types) AND state IN ('ACTIVE', 'DEGRADED') AND id > $3
      ORDER BY id LIMIT $4
      """;
  private static final String COUNT =
      """
      SELECT count(*) AS n FROM network.endpoint
      WHERE scope = $1 AND $2 = ANY (types) AND state IN ('ACTIVE', 'DEGRADED')
      """;

  /** On the courier's role, which may read these columns and no other. */
  private static final String REACH =
      """
      SELECT id, state, disabled_reason, url_sealed, secret_sealed, old_secret_sealed, old_secret_until, events_per_minute
      FROM network.endpoint WHERE id = ANY ($1)
      """;

  /** Still sealed; {@code secrets} newest first. */
  record Closed(
      long id,
      EndpointState state,
      Optional<DisabledReason> disabledReason,
      byte[] url,
      List<byte[]> secrets,
      Optional<Integer> eventsPerMinute) {}

  List<Long> members(Sql sql, String scope, String type, long after, int limit) {
    return sql.list(MEMBERS, row -> row.getLong("id"), scope, type, after, limit);
  }

  long count(Sql sql, String scope, String type) {
    return sql.get(COUNT, row -> row.getLong("n"), scope, type);
  }

  List<Closed> reach(Sql courier, Collection<Long> ids, Instant now) {
    return courier.list(
        REACH,
        row -> {
          List<byte[]> secrets = new ArrayList<>();
          secrets.add(row.getBuffer("secret_sealed").getBytes());
          Optional.ofNullable(row.getOffsetDateTime("old_secret_until"))
              .map(OffsetDateTime::toInstant)
              .filter(now::isBefore)
              .ifPresent(until -> secrets.add(row.getBuffer("old_secret_sealed").getBytes()));
          return new Closed(
              row.getLong("id"),
              EndpointState.valueOf(row.getString("state")),
              Optional.ofNullable(row.getString("disabled_reason")).map(DisabledReason::valueOf),
              row.getBuffer("url_sealed").getBytes(),
              secrets,
              Optional.ofNullable(row.getInteger("events_per_minute")));
        },
        (Object) ids.toArray(Long[]::new));
  }
}
