package org.tocsin.network;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code network.endpoint}: seals what goes in, opens what comes out. */
final class EndpointRepository {
  private static final String INSERT =
      """
      INSERT INTO network.endpoint (url_sealed, host, scope, types, description, contact_sealed, secret_sealed,
        state, created_by, created_at, state_since)
      VALUES ($1, $2, $3, $4, $5, $6, $7, 'REGISTERED', $8, $9, $9) RETURNING *
      """;
  private static final String FIND = "SELECT * FROM network.endpoint WHERE id = $1";
  private static final String LOCK = "SELECT * FROM network.endpoint WHERE id = $1 FOR UPDATE";
  private static final String LIST =
      "SELECT * FROM network.endpoint WHERE id > $1 ORDER BY id LIMIT $2";
  private static final String UNCONFIRMED =
      """
      SELECT * FROM network.endpoint
      WHERE scope = 'network' AND confirmed_at IS NULL AND state = 'REGISTERED' ORDER BY id LIMIT $1
      """;
  private static final String CONFIRM =
      "UPDATE network.endpoint SET confirmed_by = $2, confirmed_at = $3 WHERE id = $1";
  private static final String ACTIVATE =
      """
      UPDATE network.endpoint SET state = 'ACTIVE', state_since = $2, disabled_reason = NULL,
        consent = $3, consent_at = $2, consent_missing = '', events_per_minute = $4
      WHERE id = $1
      """;
  private static final String CHALLENGE =
      """
      UPDATE network.endpoint SET state = 'CHALLENGED', state_since = $2, disabled_reason = NULL,
        consent = NULL, consent_at = NULL, consent_missing = $3, events_per_minute = NULL
      WHERE id = $1
      """;
  private static final String DISABLE =
      """
      UPDATE network.endpoint SET state = 'DISABLED', state_since = $2, disabled_reason = $3,
        consent = NULL, consent_at = NULL, consent_missing = '', failing_since = NULL
      WHERE id = $1
      """;
  private static final String DEGRADE =
      """
      UPDATE network.endpoint SET state = 'DEGRADED', failing_since = $3,
        state_since = CASE WHEN state = 'DEGRADED' THEN state_since ELSE $2 END
      WHERE id = $1
      """;
  private static final String RECOVER =
      """
      UPDATE network.endpoint SET state = 'ACTIVE', state_since = $2, failing_since = NULL WHERE id = $1
      """;
  private static final String ROTATE =
      """
      UPDATE network.endpoint SET secret_sealed = $2,
        old_secret_sealed = CASE WHEN $3::timestamptz IS NULL THEN NULL ELSE secret_sealed END,
        old_secret_until = $3
      WHERE id = $1
      """;
  private static final String SECRET = "SELECT secret_sealed FROM network.endpoint WHERE id = $1";
  private static final String LISTENING =
      """
      SELECT id, failing_since FROM network.endpoint
      WHERE id = ANY ($1) AND state IN ('ACTIVE', 'DEGRADED')
      """;
  private static final String INVENT =
      """
      INSERT INTO network.endpoint (url_sealed, host, scope, types, description, contact_sealed, secret_sealed,
        state, consent, consent_at, created_by, created_at, state_since)
      SELECT url, '127.0.0.1', 'public', '{newsletter.published}', 'Invented to measure the hub', $1, secret,
        'ACTIVE', 'DEMONSTRATION', $4, (SELECT min(id) FROM access.staff), $4, $4
      FROM unnest($2::bytea[], $3::bytea[]) AS invented (url, secret)
      """;

  private final EndpointVault vault;

  EndpointRepository(EndpointVault vault) {
    this.vault = vault;
  }

  /** What was checked and is to be kept. */
  record Checked(
      String url,
      String host,
      Scope scope,
      List<String> types,
      String description,
      String contactEmail) {}

  /** One that hears events just now. */
  record Listening(EndpointId id, Optional<Instant> failingSince) {}

  Endpoint insert(Tx tx, Checked checked, String secret, StaffId by, Instant now) {
    return tx.get(
        INSERT,
        this::endpoint,
        Buffer.buffer(vault.sealUrl(checked.url())),
        checked.host(),
        checked.scope().word(),
        checked.types().toArray(String[]::new),
        checked.description(),
        Buffer.buffer(vault.sealContact(checked.contactEmail())),
        Buffer.buffer(vault.sealSecret(secret)),
        by.value(),
        time(now));
  }

  /** For measuring: as many as there are URLs, in one statement. */
  void invent(Sql sql, Buffer contact, Buffer[] urls, Buffer[] secrets, Instant now) {
    sql.run(INVENT, contact, urls, secrets, time(now));
  }

  Optional<Endpoint> find(Sql sql, EndpointId id) {
    return sql.find(FIND, this::endpoint, id.value());
  }

  /** The row, which stays as it is until the transaction ends. */
  Optional<Endpoint> lock(Tx tx, EndpointId id) {
    return tx.find(LOCK, this::endpoint, id.value());
  }

  List<Endpoint> list(Sql sql, long after, int limit) {
    return sql.list(LIST, this::endpoint, after, limit);
  }

  List<Endpoint> unconfirmed(Sql sql, int limit) {
    return sql.list(UNCONFIRMED, this::endpoint, limit);
  }

  void confirm(Tx tx, EndpointId id, StaffId by, Instant now) {
    tx.run(CONFIRM, id.value(), by.value(), time(now));
  }

  List<Listening> listening(Sql sql, Collection<Long> ids) {
    return sql.list(
        LISTENING,
        row ->
            new Listening(
                new EndpointId(row.getLong("id")), instant(row.getOffsetDateTime("failing_since"))),
        (Object) ids.toArray(Long[]::new));
  }

  String secret(Sql sql, EndpointId id) {
    return vault.openSecret(
        sql.get(SECRET, row -> row.getBuffer("secret_sealed").getBytes(), id.value()));
  }

  void activate(Tx tx, EndpointId id, ConsentKind kind, Optional<Integer> perMinute, Instant now) {
    tx.run(ACTIVATE, id.value(), time(now), kind.name(), perMinute.orElse(null));
  }

  void challenge(Tx tx, EndpointId id, String missing, Instant now) {
    tx.run(CHALLENGE, id.value(), time(now), missing);
  }

  void disable(Tx tx, EndpointId id, DisabledReason reason, Instant now) {
    tx.run(DISABLE, id.value(), time(now), reason.name());
  }

  void degrade(Tx tx, EndpointId id, Instant failingSince, Instant now) {
    tx.run(DEGRADE, id.value(), time(now), time(failingSince));
  }

  void recover(Tx tx, EndpointId id, Instant now) {
    tx.run(RECOVER, id.value(), time(now));
  }

  /** {@code oldUntil} absent: the old secret signs no more. */
  void rotate(Tx tx, EndpointId id, String secret, Optional<Instant> oldUntil) {
    tx.run(
        ROTATE,
        id.value(),
        Buffer.buffer(vault.sealSecret(secret)),
        oldUntil.map(EndpointRepository::time).orElse(null));
  }

  private Endpoint endpoint(Row row) {
    return new Endpoint(
        new EndpointId(row.getLong("id")),
        vault.openUrl(row.getBuffer("url_sealed").getBytes()),
        row.getString("host"),
        Scope.of(row.getString("scope")).orElseThrow(),
        List.of(row.getArrayOfStrings("types")),
        row.getString("description"),
        vault.openContact(row.getBuffer("contact_sealed").getBytes()),
        EndpointState.valueOf(row.getString("state")),
        Optional.ofNullable(row.getString("disabled_reason")).map(DisabledReason::valueOf),
        Optional.ofNullable(row.getString("consent")).map(ConsentKind::valueOf),
        instant(row.getOffsetDateTime("consent_at")),
        Optional.of(row.getString("consent_missing")).filter(why -> !why.isEmpty()),
        Optional.ofNullable(row.getInteger("events_per_minute")),
        new StaffId(row.getLong("created_by")),
        Optional.ofNullable(row.getLong("confirmed_by")).map(StaffId::new),
        instant(row.getOffsetDateTime("confirmed_at")),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("state_since").toInstant(),
        instant(row.getOffsetDateTime("failing_since")),
        instant(row.getOffsetDateTime("old_secret_until")));
  }

  private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
