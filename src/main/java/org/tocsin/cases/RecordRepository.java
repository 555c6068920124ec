package org.tocsin.cases;

import static org.tocsin.cases.CaseRepository.time;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns situations, checks, sources, risk notes and notes: what is only ever added to a case. */
final class RecordRepository {
  private static final String ADD_SITUATION =
      """
      INSERT INTO casework.situation (case_file, word, since, note_sealed, replaces, written_by, at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;
  private static final String SITUATIONS =
      """
      SELECT s.*, EXISTS (SELECT FROM casework.situation r WHERE r.replaces = s.id) AS replaced
      FROM casework.situation s WHERE case_file = $1 ORDER BY since DESC, id DESC
      """;
  private static final String ADD_CHECK =
      """
      INSERT INTO casework.eligibility (case_file, word, met, note_sealed, written_by, at) VALUES ($1, $2, $3, $4, $5, $6)
      """;
  private static final String CHECKS =
      "SELECT DISTINCT ON (word) * FROM casework.eligibility WHERE case_file = $1 ORDER BY word, id DESC";
  private static final String ADD_SOURCE =
      """
      INSERT INTO casework.source (case_file, kind, independent, heard_on, details_sealed, written_by, at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;
  private static final String SOURCES =
      "SELECT * FROM casework.source WHERE case_file = $1 ORDER BY id";
  private static final String WITHDRAW_SOURCE =
      """
      UPDATE casework.source SET withdrawn_at = $3, withdrawn_by = $4
      WHERE case_file = $1 AND id = $2 AND withdrawn_at IS NULL
      """;
  private static final String COUNT_SOURCES =
      "SELECT count(*) AS n FROM casework.source WHERE case_file = $1 AND withdrawn_at IS NULL";
  private static final String ADD_RISK_NOTE =
      "INSERT INTO casework.risk_note (case_file, text_sealed, written_by, at) VALUES ($1, $2, $3, $4)";
  private static final String RISK_NOTE =
      "SELECT * FROM casework.risk_note WHERE case_file = $1 ORDER BY id DESC LIMIT 1";
  private static final String ADD_NOTE =
      "INSERT INTO casework.note (case_file, kind, text_sealed, written_by, at) VALUES ($1, $2, $3, $4, $5)";
  private static final String NOTES =
      """
      SELECT * FROM casework.note WHERE case_file = $1 AND (kind = 'OPEN') = $2 ORDER BY id DESC
      """;

  private static final String CURRENT =
      """
      SELECT DISTINCT ON (case_file) case_file, word FROM casework.situation s
      WHERE case_file = ANY ($1) AND NOT EXISTS (SELECT FROM casework.situation r WHERE r.replaces = s.id)
      ORDER BY case_file, since DESC, id DESC
      """;
  private static final String TEXTS =
      """
      SELECT case_file, note_sealed AS closed, 'case.situation_note' AS purpose, false AS for_team FROM casework.situation
      UNION ALL SELECT case_file, note_sealed, 'case.check_note', false FROM casework.eligibility
      UNION ALL SELECT case_file, details_sealed, 'case.source', true FROM casework.source
      UNION ALL SELECT case_file, text_sealed, 'case.risk_note', true FROM casework.risk_note
      UNION ALL SELECT case_file, text_sealed, 'case.note', kind <> 'OPEN' FROM casework.note
      """;

  private final CaseVault vault;

  RecordRepository(CaseVault vault) {
    this.vault = vault;
  }

  void addSituation(Tx tx, CaseId id, SituationDraft draft, StaffId by, Instant now) {
    @Nullable Long replaces =
        draft.replaces().isPresent() ? (Long) draft.replaces().getAsLong() : null;
    tx.run(
        ADD_SITUATION,
        id.value(),
        draft.word().name(),
        draft.since(),
        vault.seal(CaseVault.SITUATION_NOTE, draft.note()),
        replaces,
        by.value(),
        time(now));
  }

  /** The latest date first; of one date, the one written last. */
  List<Situation> situations(Sql sql, CaseId id) {
    return sql.list(SITUATIONS, this::readSituation, id.value());
  }

  void addCheck(
      Tx tx,
      CaseId id,
      EligibilityCheck.Word word,
      boolean met,
      String note,
      StaffId by,
      Instant now) {
    tx.run(
        ADD_CHECK,
        id.value(),
        word.name(),
        met,
        vault.seal(CaseVault.CHECK_NOTE, note),
        by.value(),
        time(now));
  }

  List<EligibilityCheck> checks(Sql sql, CaseId id) {
    return sql.list(CHECKS, this::readCheck, id.value());
  }

  void addSource(Tx tx, CaseId id, SourceDraft draft, StaffId by, Instant now) {
    tx.run(
        ADD_SOURCE,
        id.value(),
        draft.kind().name(),
        draft.independent(),
        draft.heardOn(),
        vault.seal(CaseVault.SOURCE, draft.details()),
        by.value(),
        time(now));
  }

  List<Source> sources(Sql sql, CaseId id) {
    return sql.list(SOURCES, this::readSource, id.value());
  }

  boolean withdrawSource(Tx tx, CaseId id, long source, StaffId by, Instant now) {
    return tx.run(WITHDRAW_SOURCE, id.value(), source, time(now), by.value()) == 1;
  }

  long countSources(Sql sql, CaseId id) {
    return sql.<Long>get(COUNT_SOURCES, row -> row.getLong("n"), id.value());
  }

  void addRiskNote(Tx tx, CaseId id, String text, StaffId by, Instant now) {
    tx.run(ADD_RISK_NOTE, id.value(), vault.seal(CaseVault.RISK_NOTE, text), by.value(), time(now));
  }

  Optional<RiskNote> riskNote(Sql sql, CaseId id) {
    return sql.find(
        RISK_NOTE,
        row ->
            new RiskNote(
                vault.open(CaseVault.RISK_NOTE, row.getBuffer("text_sealed")),
                writer(row),
                at(row)),
        id.value());
  }

  void addNote(Tx tx, CaseId id, Note.Kind kind, String text, StaffId by, Instant now) {
    tx.run(
        ADD_NOTE, id.value(), kind.name(), vault.seal(CaseVault.NOTE, text), by.value(), time(now));
  }

  /** Either those that every reader of cases may see, or those that only the team may. */
  List<Note> notes(Sql sql, CaseId id, boolean open) {
    return sql.list(NOTES, this::readNote, id.value(), open);
  }

  /** What holds of each of these cases now; none for a case of which nothing was said. */
  Map<CaseId, SituationWord> currentSituations(Sql sql, List<CaseId> ids) {
    Map<CaseId, SituationWord> current = new HashMap<>();
    sql.list(
            CURRENT,
            row ->
                Map.entry(
                    new CaseId(row.getLong("case_file")),
                    SituationWord.valueOf(row.getString("word"))),
            (Object) ids.stream().map(CaseId::value).toArray(Long[]::new))
        .forEach(one -> current.put(one.getKey(), one.getValue()));
    return current;
  }

  /**
   * Every text added to any case, for a search.
   *
   * @param wanted asked before a text is opened: the case, and whether it is for its team alone
   */
  void texts(Sql sql, BiPredicate<CaseId, Boolean> wanted, BiConsumer<CaseId, String> reader) {
    sql.list(
        TEXTS,
        row -> {
          CaseId id = new CaseId(row.getLong("case_file"));
          if (wanted.test(id, row.getBoolean("for_team"))) {
            reader.accept(id, vault.open(row.getString("purpose"), row.getBuffer("closed")));
          }
          return id;
        });
  }

  private Situation readSituation(Row row) {
    @Nullable Long replaces = row.getLong("replaces");
    return new Situation(
        row.getLong("id"),
        SituationWord.valueOf(row.getString("word")),
        row.getLocalDate("since"),
        vault.open(CaseVault.SITUATION_NOTE, row.getBuffer("note_sealed")),
        replaces == null ? OptionalLong.empty() : OptionalLong.of(replaces),
        row.getBoolean("replaced"),
        writer(row),
        at(row));
  }

  private EligibilityCheck readCheck(Row row) {
    return new EligibilityCheck(
        EligibilityCheck.Word.valueOf(row.getString("word")),
        row.getBoolean("met"),
        vault.open(CaseVault.CHECK_NOTE, row.getBuffer("note_sealed")),
        writer(row),
        at(row));
  }

  private Source readSource(Row row) {
    return new Source(
        row.getLong("id"),
        Source.Kind.valueOf(row.getString("kind")),
        row.getBoolean("independent"),
        row.getLocalDate("heard_on"),
        vault.open(CaseVault.SOURCE, row.getBuffer("details_sealed")),
        writer(row),
        at(row),
        row.getOffsetDateTime("withdrawn_at") != null);
  }

  private Note readNote(Row row) {
    return new Note(
        row.getLong("id"),
        Note.Kind.valueOf(row.getString("kind")),
        vault.open(CaseVault.NOTE, row.getBuffer("text_sealed")),
        writer(row),
        at(row));
  }

  private static StaffId writer(Row row) {
    return new StaffId(row.getLong("written_by"));
  }

  private static Instant at(Row row) {
    return row.getOffsetDateTime("at").toInstant();
  }
}
