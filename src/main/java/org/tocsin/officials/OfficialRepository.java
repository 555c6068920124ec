package org.tocsin.officials;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code officials.official}. */
final class OfficialRepository {
  private static final String INSERT =
      """
      INSERT INTO officials.official (office_sealed, holder_sealed, body_sealed, country_sealed, postal_sealed, email_sealed,
        language_sealed, salutation_sealed, english_salutation_sealed, checked_on, checked_by, created_by, created_at, updated_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $12) RETURNING *
      """;
  private static final String REWRITE =
      """
      UPDATE officials.official SET office_sealed = $1, holder_sealed = $2, body_sealed = $3, country_sealed = $4,
        postal_sealed = $5, email_sealed = $6, language_sealed = $7, salutation_sealed = $8, english_salutation_sealed = $9,
        updated_at = $11, version = version + 1
      WHERE id = $10
      """;
  private static final String CHECKED =
      """
      UPDATE officials.official SET checked_on = $2, checked_by = $3, updated_at = $4, version = version + 1 WHERE id = $1
      """;
  private static final String RETIRE =
      """
      UPDATE officials.official SET retired_at = $2, retired_by = $3, updated_at = $4, version = version + 1 WHERE id = $1
      """;
  private static final String ALL = "SELECT * FROM officials.official ORDER BY id";
  private static final String ONE = "SELECT * FROM officials.official WHERE id = $1";
  private static final String LOCK = ONE + " FOR UPDATE";

  private final OfficialVault vault;

  OfficialRepository(OfficialVault vault) {
    this.vault = vault;
  }

  Official insert(Tx tx, OfficialDetails details, LocalDate checked, StaffId by, Instant now) {
    return tx.get(INSERT, this::read, sealed(details, checked, by.value(), time(now)));
  }

  void rewrite(Tx tx, OfficialId id, OfficialDetails details, Instant now) {
    tx.run(REWRITE, sealed(details, id.value(), time(now)));
  }

  private @Nullable Object[] sealed(OfficialDetails details, Object... more) {
    return Stream.concat(
            Stream.of(
                vault.seal(OfficialVault.OFFICE, details.office()),
                vault.seal(OfficialVault.HOLDER, details.holder()),
                vault.seal(OfficialVault.BODY, details.body()),
                vault.seal(OfficialVault.COUNTRY, details.country()),
                vault.seal(OfficialVault.POSTAL, details.postalAddress()),
                vault.seal(OfficialVault.EMAIL, details.email()),
                vault.seal(OfficialVault.LANGUAGE, details.language()),
                vault.seal(OfficialVault.SALUTATION, details.salutation()),
                vault.seal(OfficialVault.ENGLISH_SALUTATION, details.englishSalutation())),
            Stream.of(more))
        .toArray();
  }

  void checked(Tx tx, OfficialId id, LocalDate today, StaffId by, Instant now) {
    tx.run(CHECKED, id.value(), today, by.value(), time(now));
  }

  void retire(Tx tx, OfficialId id, StaffId by, Instant now) {
    tx.run(RETIRE, id.value(), time(now), by.value(), time(now));
  }

  void bringBack(Tx tx, OfficialId id, Instant now) {
    tx.run(RETIRE, id.value(), null, null, time(now));
  }

  /** In the order in which they were written down. */
  List<Official> all(Sql sql) {
    return sql.list(ALL, this::read);
  }

  Optional<Official> find(Sql sql, OfficialId id) {
    return sql.find(ONE, this::read, id.value());
  }

  /** Holds all others off until the transaction ends. */
  Optional<Official> lock(Tx tx, OfficialId id) {
    return tx.find(LOCK, this::read, id.value());
  }

  private Official read(Row row) {
    return new Official(
        new OfficialId(row.getLong("id")),
        row.getInteger("version"),
        new OfficialDetails(
            vault.open(OfficialVault.OFFICE, row.getBuffer("office_sealed")),
            vault.open(OfficialVault.HOLDER, row.getBuffer("holder_sealed")),
            vault.open(OfficialVault.BODY, row.getBuffer("body_sealed")),
            vault.open(OfficialVault.COUNTRY, row.getBuffer("country_sealed")),
            vault.open(OfficialVault.POSTAL, row.getBuffer("postal_sealed")),
            vault.open(OfficialVault.EMAIL, row.getBuffer("email_sealed")),
            vault.open(OfficialVault.LANGUAGE, row.getBuffer("language_sealed")),
            vault.open(OfficialVault.SALUTATION, row.getBuffer("salutation_sealed")),
            vault.open(
                OfficialVault.ENGLISH_SALUTATION, row.getBuffer("english_salutation_sealed"))),
        row.getLocalDate("checked_on"),
        new StaffId(row.getLong("checked_by")),
        row.getOffsetDateTime("retired_at") != null);
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
