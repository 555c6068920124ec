package org.tocsin.cases;

import static org.tocsin.cases.CaseRepository.time;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tocsin.access.StaffId;
import org.tocsin.cases.Consent.End;
import org.tocsin.cases.Consent.Giver;
import org.tocsin.cases.Consent.How;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code casework.consent} and {@code casework.consent_end}, which only ever grow. */
final class ConsentRepository {
  private static final String INSERT =
      """
      INSERT INTO casework.consent (case_file, giver, scopes, given, expires, evidence_sealed, written_by, at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
      """;
  private static final String OF_CASE =
      """
      SELECT c.*, e.how, e.at AS ended_at, e.reason_sealed FROM casework.consent c
      LEFT JOIN casework.consent_end e ON e.consent = c.id WHERE c.case_file = $1 ORDER BY c.id DESC
      """;
  private static final String CASE_OF = "SELECT case_file FROM casework.consent WHERE id = $1";
  private static final String END =
      """
      INSERT INTO casework.consent_end (consent, how, reason_sealed, told_by, at) VALUES ($1, $2, $3, $4, $5)
      """;
  private static final String EXPIRE =
      """
      INSERT INTO casework.consent_end (consent, how, at)
      SELECT id, 'EXPIRED', $3 FROM casework.consent c WHERE case_file = $1 AND expires < $2
        AND NOT EXISTS (SELECT FROM casework.consent_end e WHERE e.consent = c.id)
      """;
  private static final String CASES_OVER =
      """
      SELECT DISTINCT case_file FROM casework.consent c WHERE expires < $1
        AND NOT EXISTS (SELECT FROM casework.consent_end e WHERE e.consent = c.id) ORDER BY case_file LIMIT $2
      """;

  private final CaseVault vault;

  ConsentRepository(CaseVault vault) {
    this.vault = vault;
  }

  ConsentId insert(Tx tx, CaseId id, ConsentDraft draft, StaffId by, Instant now) {
    return tx.get(
        INSERT,
        row -> new ConsentId(row.getLong("id")),
        id.value(),
        draft.giver().name(),
        draft.scopes().stream().map(Enum::name).sorted().toArray(String[]::new),
        draft.given(),
        draft.expires().orElse(null),
        vault.seal(CaseVault.EVIDENCE, draft.evidence()),
        by.value(),
        time(now));
  }

  /** Newest first. */
  List<Consent> list(Sql sql, CaseId id) {
    return sql.list(OF_CASE, ConsentRepository::read, id.value());
  }

  Map<ConsentId, String> evidence(Sql sql, CaseId id) {
    return texts(sql, id, "evidence_sealed", CaseVault.EVIDENCE);
  }

  Map<ConsentId, String> endReasons(Sql sql, CaseId id) {
    return texts(sql, id, "reason_sealed", CaseVault.END_REASON);
  }

  private Map<ConsentId, String> texts(Sql sql, CaseId id, String column, String purpose) {
    Map<ConsentId, String> texts = new HashMap<>();
    sql.list(
            OF_CASE,
            row ->
                vault
                    .find(purpose, row.getBuffer(column))
                    .map(text -> Map.entry(new ConsentId(row.getLong("id")), text)),
            id.value())
        .forEach(found -> found.ifPresent(one -> texts.put(one.getKey(), one.getValue())));
    return texts;
  }

  Optional<CaseId> findCase(Sql sql, ConsentId consent) {
    return sql.find(CASE_OF, row -> new CaseId(row.getLong("case_file")), consent.value());
  }

  void revoke(Tx tx, ConsentId consent, String reason, StaffId by, Instant now) {
    tx.run(
        END,
        consent.value(),
        How.REVOKED.name(),
        vault.seal(CaseVault.END_REASON, reason),
        by.value(),
        time(now));
  }

  /** Ends what is over by the calendar; how many there were. */
  int expire(Tx tx, CaseId id, LocalDate today, Instant now) {
    return tx.run(EXPIRE, id.value(), today, time(now));
  }

  /** Cases with a consent that is over and not yet said to be. */
  List<CaseId> casesOver(Sql sql, LocalDate today, int limit) {
    return sql.list(CASES_OVER, row -> new CaseId(row.getLong("case_file")), today, limit);
  }

  private static Consent read(Row row) {
    return new Consent(
        new ConsentId(row.getLong("id")),
        Giver.valueOf(row.getString("giver")),
        Arrays.stream(row.getArrayOfStrings("scopes"))
            .map(ConsentScope::valueOf)
            .collect(Collectors.toUnmodifiableSet()),
        row.getLocalDate("given"),
        Optional.ofNullable(row.getLocalDate("expires")),
        Optional.ofNullable(row.getString("how"))
            .map(how -> new End(How.valueOf(how), row.getOffsetDateTime("ended_at").toInstant())),
        new StaffId(row.getLong("written_by")),
        row.getOffsetDateTime("at").toInstant());
  }
}
