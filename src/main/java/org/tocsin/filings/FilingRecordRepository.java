package org.tocsin.filings;

import static org.tocsin.filings.FilingRepository.time;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.filings.Deadline.End;
import org.tocsin.filings.Deadline.How;
import org.tocsin.filings.Deadline.Kind;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns deadlines, their ends and texts: what is only ever added to a filing. */
final class FilingRecordRepository {
  private static final String ADD_DEADLINE =
      """
      INSERT INTO casework.filing_deadline (filing, kind, due, note_sealed, set_by, at) VALUES ($1, $2, $3, $4, $5, $6)
      """;
  private static final String DEADLINES =
      """
      SELECT d.*, e.how, e.on_day FROM casework.filing_deadline d
      LEFT JOIN casework.filing_deadline_end e ON e.deadline = d.id
      WHERE d.filing = $1 ORDER BY (e.deadline IS NULL) DESC, d.due, d.id
      """;
  private static final String END =
      """
      INSERT INTO casework.filing_deadline_end (deadline, how, on_day, told_by, at)
      SELECT id, $3, $4, $5, $6 FROM casework.filing_deadline WHERE filing = $1 AND id = $2
      """;
  private static final String END_ALL =
      """
      INSERT INTO casework.filing_deadline_end (deadline, how, on_day, told_by, at)
      SELECT id, $3, $4, $5, $6 FROM casework.filing_deadline d WHERE filing = $1 AND kind = ANY ($2)
        AND NOT EXISTS (SELECT FROM casework.filing_deadline_end e WHERE e.deadline = d.id)
      """;
  private static final String ADD_TEXT =
      "INSERT INTO casework.filing_text (filing, kind, text_sealed, written_by, at) VALUES ($1, $2, $3, $4, $5)";
  private static final String TEXTS =
      """
      SELECT * FROM casework.filing_text WHERE filing = $1 AND (kind <> 'TEAM_NOTE' OR $2) ORDER BY id DESC
      """;

  private final FilingVault vault;

  FilingRecordRepository(FilingVault vault) {
    this.vault = vault;
  }

  void addDeadline(
      Tx tx, FilingId id, Kind kind, LocalDate due, String note, StaffId by, Instant now) {
    tx.run(
        ADD_DEADLINE,
        id.value(),
        kind.name(),
        due,
        vault.seal(FilingVault.DEADLINE, note),
        by.value(),
        time(now));
  }

  /** The open ones first, each by its day. */
  List<Deadline> deadlines(Sql sql, FilingId id) {
    return sql.list(DEADLINES, this::readDeadline, id.value());
  }

  boolean end(Tx tx, FilingId id, long deadline, How how, LocalDate day, StaffId by, Instant now) {
    return tx.run(END, id.value(), deadline, how.name(), day, by.value(), time(now)) == 1;
  }

  /** Whatever of these kinds is still open. */
  void endAll(
      Tx tx, FilingId id, List<Kind> kinds, How how, LocalDate day, StaffId by, Instant now) {
    String[] names = kinds.stream().map(Enum::name).toArray(String[]::new);
    tx.run(END_ALL, id.value(), names, how.name(), day, by.value(), time(now));
  }

  void addText(Tx tx, FilingId id, FilingText.Kind kind, String text, StaffId by, Instant now) {
    tx.run(
        ADD_TEXT,
        id.value(),
        kind.name(),
        vault.seal(FilingVault.TEXT, text),
        by.value(),
        time(now));
  }

  /**
   * The newest first.
   *
   * @param forTeam whether the team's own are among them
   */
  List<FilingText> texts(Sql sql, FilingId id, boolean forTeam) {
    return sql.list(TEXTS, this::readText, id.value(), forTeam);
  }

  private Deadline readDeadline(Row row) {
    return new Deadline(
        row.getLong("id"),
        Kind.valueOf(row.getString("kind")),
        row.getLocalDate("due"),
        vault.open(FilingVault.DEADLINE, row.getBuffer("note_sealed")),
        new StaffId(row.getLong("set_by")),
        Optional.ofNullable(row.getString("how"))
            .map(how -> new End(How.valueOf(how), row.getLocalDate("on_day"))));
  }

  private FilingText readText(Row row) {
    return new FilingText(
        row.getLong("id"),
        FilingText.Kind.valueOf(row.getString("kind")),
        vault.open(FilingVault.TEXT, row.getBuffer("text_sealed")),
        new StaffId(row.getLong("written_by")),
        row.getOffsetDateTime("at").toInstant());
  }
}
