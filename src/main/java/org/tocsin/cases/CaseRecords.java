package org.tocsin.cases;

import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.language.Messages;

/** What is added to a case as time goes by: situations, checks, sources, risk notes and notes. */
public final class CaseRecords {
  private static final int MAX_NOTE = 4_000;

  private final Casebook book;
  private final RecordRepository records;
  private final ConsentRepository consents;

  public CaseRecords(Casebook book) {
    this.book = book;
    this.records = new RecordRepository(book.vault);
    this.consents = new ConsentRepository(book.vault);
  }

  /** Conflict {@code already_replaced} where the entry was corrected before. */
  public void addSituation(CaseId id, SituationDraft draft, StaffId staff, Messages words) {
    CaseRules rules = new CaseRules(words);
    String note = rules.text("note", draft.note(), MAX_NOTE);
    rules.past("since", draft.since(), Consent.today(book.now()));
    rules.check();
    SituationDraft tidy = new SituationDraft(draft.word(), draft.since(), note, draft.replaces());
    try {
      book.change(
          id,
          staff,
          "situation_added",
          new JsonObject().put("situation", draft.word().name()),
          (tx, before) -> records.addSituation(tx, id, tidy, staff, book.now()));
    } catch (ConstraintViolated broken) {
      throw switch (broken.constraint()) {
        case "situation_replaces_key" ->
            new Conflict("already_replaced", "This entry was corrected already");
        case "same_case" -> new NotFound("situation");
        default -> broken;
      };
    }
  }

  /** The latest date first, replaced ones among them. */
  public List<Situation> situations(CaseId id) {
    return records.situations(book.database, id);
  }

  /** What holds of each of these cases now; none for a case of which nothing was said. */
  public Map<CaseId, SituationWord> currentSituations(List<CaseId> ids) {
    return records.currentSituations(book.database, ids);
  }

  public void check(
      CaseId id,
      EligibilityCheck.Word word,
      boolean met,
      String given,
      StaffId staff,
      Messages words) {
    CaseRules rules = new CaseRules(words);
    String note = rules.required("note", given, MAX_NOTE);
    rules.check();
    book.change(
        id,
        staff,
        "checked",
        new JsonObject().put("check", word.name()).put("met", met),
        (tx, before) -> records.addCheck(tx, id, word, met, note, staff, book.now()));
  }

  /** The latest word on each check that was ever made. */
  public Map<EligibilityCheck.Word, EligibilityCheck> checks(CaseId id) {
    Map<EligibilityCheck.Word, EligibilityCheck> checks =
        new EnumMap<>(EligibilityCheck.Word.class);
    records.checks(book.database, id).forEach(check -> checks.put(check.word(), check));
    return checks;
  }

  public void addSource(CaseId id, SourceDraft draft, StaffId staff, Messages words) {
    CaseRules rules = new CaseRules(words);
    String details = rules.required("details", draft.details(), CaseRules.MAX_TEXT);
    rules.past("heard_on", draft.heardOn(), Consent.today(book.now()));
    rules.check();
    SourceDraft tidy = new SourceDraft(draft.kind(), draft.independent(), draft.heardOn(), details);
    book.change(
        id,
        staff,
        "source_added",
        new JsonObject().put("independent", tidy.independent()),
        (tx, before) -> records.addSource(tx, id, tidy, staff, book.now()));
  }

  /** It turned out wrong or lost its independence; it stays in the file. */
  public void withdrawSource(CaseId id, long source, StaffId staff) {
    book.change(
        id,
        staff,
        "source_withdrawn",
        new JsonObject().put("source", source),
        (tx, before) -> {
          if (!records.withdrawSource(tx, id, source, staff, book.now())) {
            throw new NotFound("source");
          }
        });
  }

  /** How many there are may be known to all who read cases. */
  public long countSources(CaseId id) {
    return records.countSources(book.database, id);
  }

  /** A new risk note takes the place of the one before, which is kept. */
  public void writeRiskNote(CaseId id, String given, StaffId staff, Messages words) {
    CaseRules rules = new CaseRules(words);
    String text = rules.required("text", given, CaseRules.MAX_TEXT);
    rules.check();
    book.change(
        id,
        staff,
        "risk_note_written",
        new JsonObject(),
        (tx, before) -> records.addRiskNote(tx, id, text, staff, book.now()));
  }

  public void addNote(CaseId id, Note.Kind kind, String given, StaffId staff, Messages words) {
    CaseRules rules = new CaseRules(words);
    String text = rules.required("text", given, CaseRules.MAX_TEXT);
    rules.check();
    book.addTo(
        id,
        staff,
        "note_added",
        new JsonObject().put("kind", kind.name()),
        (tx, before) -> records.addNote(tx, id, kind, text, staff, book.now()));
  }

  /** Those for all who read cases, the newest first. */
  public List<Note> openNotes(CaseId id) {
    return records.notes(book.database, id, true);
  }

  /**
   * What only the team may open; empty for anybody else, whatever their roles. That it was read is
   * written down.
   */
  public Optional<TeamFile> openTeamFile(CaseId id, StaffId viewer) {
    Optional<TeamFile> file = teamFile(id, viewer);
    if (file.isPresent()) {
      book.audit.read(viewer.actor(), "case_team", id.subject(), 0);
    }
    return file;
  }

  private Optional<TeamFile> teamFile(CaseId id, StaffId viewer) {
    return book.database.transaction(
        tx ->
            book.teams.includes(tx, id, viewer)
                ? Optional.of(
                    new TeamFile(
                        records.sources(tx, id),
                        records.notes(tx, id, false),
                        records.riskNote(tx, id),
                        consents.evidence(tx, id),
                        consents.endReasons(tx, id)))
                : Optional.empty());
  }
}
