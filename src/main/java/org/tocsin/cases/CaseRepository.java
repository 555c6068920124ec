package org.tocsin.cases;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code casework.case_file}, who wrote it, and its steps. */
final class CaseRepository {
  private static final String INSERT =
      """
      INSERT INTO casework.case_file (reference, name_sealed, other_names_sealed, country_sealed, profession_sealed,
        summary_sealed, created_by, created_at, state_since, updated_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $8) RETURNING *
      """;
  private static final String REWRITE =
      """
      UPDATE casework.case_file SET name_sealed = $2, other_names_sealed = $3, country_sealed = $4,
        profession_sealed = $5, summary_sealed = $6, updated_at = $7, version = version + 1
      WHERE id = $1
      """;
  private static final String TOUCH =
      "UPDATE casework.case_file SET version = version + 1, updated_at = $2 WHERE id = $1";
  private static final String WROTE =
      "INSERT INTO casework.writer (case_file, staff) VALUES ($1, $2) ON CONFLICT DO NOTHING";
  private static final String WRITERS = "SELECT casework.writers($1) AS writer";
  private static final String ONE = "SELECT * FROM casework.case_file WHERE id = $1";
  private static final String LOCK = ONE + " FOR UPDATE";
  private static final String LOCK_SHARED = ONE + " FOR SHARE";
  private static final String OF_REFERENCE =
      "SELECT * FROM casework.case_file WHERE reference = $1";

  /** A sealed case is shown to its team alone. */
  private static final String VISIBLE =
      """
      FROM casework.case_file c WHERE (state <> 'SEALED' OR EXISTS (
        SELECT FROM casework.team t WHERE t.case_file = c.id AND t.member = $1 AND t.left_at IS NULL))
      """;

  private static final String LIST =
      "SELECT * " + VISIBLE + " AND ($2 = '' OR state = $2) AND id < $3 ORDER BY id DESC LIMIT $4";
  private static final String COUNTS =
      "SELECT state, count(*) AS cases " + VISIBLE + " GROUP BY state";
  private static final String STEP =
      """
      INSERT INTO casework.step (case_file, to_state, reason_sealed, taken_by, at) VALUES ($1, $2, $3, $4, $5)
      """;
  private static final String STEPS =
      "SELECT * FROM casework.step WHERE case_file = $1 ORDER BY no";
  private static final String GAPS = "SELECT casework.gaps($1, $2) AS gap";

  private final CaseVault vault;

  CaseRepository(CaseVault vault) {
    this.vault = vault;
  }

  CaseFile insert(Tx tx, Reference reference, CaseDetails details, StaffId by, Instant now) {
    return tx.get(
        INSERT,
        this::read,
        reference.text(),
        vault.seal(CaseVault.NAME, details.name()),
        vault.seal(CaseVault.OTHER_NAMES, details.otherNames()),
        vault.seal(CaseVault.COUNTRY, details.country()),
        vault.seal(CaseVault.PROFESSION, details.profession().isco()),
        vault.seal(CaseVault.SUMMARY, details.summary()),
        by.value(),
        time(now));
  }

  void rewrite(Tx tx, CaseId id, CaseDetails details, Instant now) {
    tx.run(
        REWRITE,
        id.value(),
        vault.seal(CaseVault.NAME, details.name()),
        vault.seal(CaseVault.OTHER_NAMES, details.otherNames()),
        vault.seal(CaseVault.COUNTRY, details.country()),
        vault.seal(CaseVault.PROFESSION, details.profession().isco()),
        vault.seal(CaseVault.SUMMARY, details.summary()),
        time(now));
  }

  /** Something that is judged changed, though not the details. */
  void touch(Tx tx, CaseId id, Instant now) {
    tx.run(TOUCH, id.value(), time(now));
  }

  void recordWriter(Tx tx, CaseId id, StaffId staff) {
    tx.run(WROTE, id.value(), staff.value());
  }

  /** All who wrote at what the case is judged by. */
  Set<StaffId> writers(Sql sql, CaseId id) {
    return Set.copyOf(sql.list(WRITERS, row -> new StaffId(row.getLong("writer")), id.value()));
  }

  Optional<CaseFile> find(Sql sql, CaseId id) {
    return sql.find(ONE, this::read, id.value());
  }

  Optional<CaseFile> find(Sql sql, Reference reference) {
    return sql.find(OF_REFERENCE, this::read, reference.text());
  }

  /** Holds all others off this case until the transaction ends. */
  Optional<CaseFile> lock(Tx tx, CaseId id) {
    return tx.find(LOCK, this::read, id.value());
  }

  /** Holds whoever would change this case off until the transaction ends. */
  Optional<CaseFile> lockShared(Tx tx, CaseId id) {
    return tx.find(LOCK_SHARED, this::read, id.value());
  }

  /** Newest first, those below a number. */
  List<CaseFile> list(Sql sql, StaffId viewer, String state, long before, int limit) {
    return sql.list(LIST, this::read, viewer.value(), state, before, limit);
  }

  List<StateCount> counts(Sql sql, StaffId viewer) {
    return sql.list(
        COUNTS,
        row -> new StateCount(WorkState.valueOf(row.getString("state")), row.getLong("cases")),
        viewer.value());
  }

  /** How many cases are in a state. */
  record StateCount(WorkState state, long cases) {}

  void step(Tx tx, CaseId id, WorkState to, String reason, StaffId by, Instant now) {
    @Nullable Buffer sealed = reason.isEmpty() ? null : vault.seal(CaseVault.STEP_REASON, reason);
    tx.run(STEP, id.value(), to.name(), sealed, by.value(), time(now));
  }

  List<Step> steps(Sql sql, CaseId id) {
    return sql.list(STEPS, this::readStep, id.value());
  }

  Set<Gap> gaps(Sql sql, CaseId id, LocalDate today) {
    Set<Gap> gaps = EnumSet.noneOf(Gap.class);
    gaps.addAll(sql.list(GAPS, row -> Gap.of(row.getString("gap")), id.value(), today));
    return gaps;
  }

  private CaseFile read(Row row) {
    return new CaseFile(
        new CaseId(row.getLong("id")),
        new Reference(row.getString("reference")),
        new CaseDetails(
            vault.open(CaseVault.NAME, row.getBuffer("name_sealed")),
            vault.open(CaseVault.OTHER_NAMES, row.getBuffer("other_names_sealed")),
            vault.open(CaseVault.COUNTRY, row.getBuffer("country_sealed")),
            Profession.ofIsco(vault.open(CaseVault.PROFESSION, row.getBuffer("profession_sealed")))
                .orElseThrow(),
            vault.open(CaseVault.SUMMARY, row.getBuffer("summary_sealed"))),
        WorkState.valueOf(row.getString("state")),
        row.getInteger("version"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("state_since").toInstant(),
        row.getOffsetDateTime("updated_at").toInstant());
  }

  private Step readStep(Row row) {
    return new Step(
        row.getInteger("no"),
        WorkState.valueOf(row.getString("from_state")),
        WorkState.valueOf(row.getString("to_state")),
        vault.find(CaseVault.STEP_REASON, row.getBuffer("reason_sealed")).orElse(""),
        new StaffId(row.getLong("taken_by")),
        row.getOffsetDateTime("at").toInstant());
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
