package org.tocsin.filings;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.cases.CaseId;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code casework.filing} and its steps. */
final class FilingRepository {
  private static final String FILINGS =
      """
      SELECT f.*, (SELECT min(due) FROM casework.filing_deadline d WHERE d.filing = f.id
        AND NOT EXISTS (SELECT FROM casework.filing_deadline_end e WHERE e.deadline = d.id)) AS next_due
      FROM casework.filing f
      """;
  private static final String ONE = FILINGS + " WHERE id = $1";
  private static final String OF_CASE = FILINGS + " WHERE case_file = $1 ORDER BY id DESC";
  private static final String OPEN =
      FILINGS + " WHERE state <> 'CLOSED' ORDER BY next_due NULLS LAST, id";
  private static final String INSERT =
      """
      INSERT INTO casework.filing (case_file, mechanism, confidential, created_by, created_at, state_since)
      VALUES ($1, $2, $3, $4, $5, $5) RETURNING id
      """;
  private static final String CONFIDENTIAL =
      "UPDATE casework.filing SET confidential = $2 WHERE id = $1 AND confidential <> $2";
  private static final String STEP =
      """
      INSERT INTO casework.filing_step (filing, to_state, on_day, text_sealed, taken_by, at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;
  private static final String STEPS =
      "SELECT * FROM casework.filing_step WHERE filing = $1 ORDER BY no";

  private final FilingVault vault;

  FilingRepository(FilingVault vault) {
    this.vault = vault;
  }

  FilingId insert(
      Tx tx, CaseId id, Mechanism mechanism, boolean confidential, StaffId by, Instant now) {
    return tx.get(
        INSERT,
        row -> new FilingId(row.getLong("id")),
        id.value(),
        mechanism.name(),
        confidential,
        by.value(),
        time(now));
  }

  Optional<Filing> find(Sql sql, FilingId id) {
    return sql.find(ONE, FilingRepository::read, id.value());
  }

  /** Newest first. */
  List<Filing> ofCase(Sql sql, CaseId id) {
    return sql.list(OF_CASE, FilingRepository::read, id.value());
  }

  /** By their next deadline; those without one last. */
  List<Filing> open(Sql sql) {
    return sql.list(OPEN, FilingRepository::read);
  }

  boolean setConfidential(Tx tx, FilingId id, boolean confidential) {
    return tx.run(CONFIDENTIAL, id.value(), confidential) == 1;
  }

  void step(Tx tx, FilingId id, StepDraft step, StaffId by, Instant now) {
    tx.run(
        STEP,
        id.value(),
        step.to().name(),
        step.day(),
        vault.seal(FilingVault.STEP, step.text()),
        by.value(),
        time(now));
  }

  List<FilingStep> steps(Sql sql, FilingId id) {
    return sql.list(STEPS, this::readStep, id.value());
  }

  private FilingStep readStep(Row row) {
    return new FilingStep(
        row.getInteger("no"),
        FilingState.valueOf(row.getString("to_state")),
        row.getLocalDate("on_day"),
        vault.open(FilingVault.STEP, row.getBuffer("text_sealed")),
        new StaffId(row.getLong("taken_by")),
        row.getOffsetDateTime("at").toInstant());
  }

  private static Filing read(Row row) {
    LocalDate nextDue = row.getLocalDate("next_due");
    return new Filing(
        new FilingId(row.getLong("id")),
        new CaseId(row.getLong("case_file")),
        Mechanism.valueOf(row.getString("mechanism")),
        FilingState.valueOf(row.getString("state")),
        row.getBoolean("confidential"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("state_since").toInstant(),
        Optional.ofNullable(nextDue));
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
