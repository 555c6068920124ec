package org.tocsin.cases;

import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.util.List;
import org.tocsin.platform.database.Sql;

/** Reads of every case what it could be known by, and whether the name may be told in public. */
final class NamedRepository {
  private static final String ALL =
      """
      SELECT id, reference, name_sealed, other_names_sealed, country_sealed,
        EXISTS (SELECT FROM casework.consent c WHERE c.case_file = f.id AND 'PUBLIC_NAME' = ANY (c.scopes)
          AND c.given <= $1 AND (c.expires IS NULL OR c.expires >= $1)
          AND NOT EXISTS (SELECT FROM casework.consent_end e WHERE e.consent = c.id)) AS public_name
      FROM casework.case_file f
      """;

  private final CaseVault vault;

  NamedRepository(CaseVault vault) {
    this.vault = vault;
  }

  /**
   * @param otherNames one a line
   * @param publicName whether a consent to the name in public holds
   */
  record Named(
      CaseId id,
      String reference,
      String name,
      String otherNames,
      String country,
      boolean publicName) {
    /** No name ends in a log by accident. */
    @Override
    public String toString() {
      return id.subject();
    }
  }

  List<Named> all(Sql sql, LocalDate today) {
    return sql.list(ALL, this::read, today);
  }

  private Named read(Row row) {
    return new Named(
        new CaseId(row.getLong("id")),
        row.getString("reference"),
        vault.open(CaseVault.NAME, row.getBuffer("name_sealed")),
        vault.open(CaseVault.OTHER_NAMES, row.getBuffer("other_names_sealed")),
        vault.open(CaseVault.COUNTRY, row.getBuffer("country_sealed")),
        row.getBoolean("public_name"));
  }
}
