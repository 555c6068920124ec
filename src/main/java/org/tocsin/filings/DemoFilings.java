package org.tocsin.filings;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.access.StaffId;
import org.tocsin.audit.Audit;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.CaseTeam;
import org.tocsin.cases.Cases;
import org.tocsin.cases.Consent.Giver;
import org.tocsin.cases.ConsentDraft;
import org.tocsin.cases.ConsentScope;
import org.tocsin.cases.Consents;
import org.tocsin.cases.WorkState;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;

/**
 * Three invented complaints for a demonstration: one before a government's answer, one whose
 * comments are overdue, and a confidential one. Every private text holds a word of its own.
 */
public final class DemoFilings {
  private static final List<String> CANARIES =
      List.of(
          "Zelkdrunavask",
          "Quorimbethal",
          "Ostrapellith",
          "Thandurzeth",
          "Vlimogorn",
          "Braskenuquor",
          "Yeldormund",
          "Drogalithe",
          "Kharmozeth");

  private final Database database;
  private final Cases cases;
  private final Consents consents;
  private final Messages words;
  private final Filings filings;
  private final FilingSteps steps;
  private final FilingRecords records;
  private final LocalDate today;
  private Instant now;

  /**
   * @param clock of the hub: what is due is due from today on
   */
  public DemoFilings(
      Database database,
      Sealer sealer,
      Audit audit,
      InstantSource clock,
      Cases cases,
      CaseTeam teams,
      Consents consents,
      Languages languages) {
    this.database = database;
    this.cases = cases;
    this.consents = consents;
    this.words = languages.in(Languages.DEFAULT);
    this.now = clock.instant();
    this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    FilingBook book = new FilingBook(database, sealer, audit, () -> now, cases, teams);
    this.filings = new Filings(book, languages);
    this.steps = new FilingSteps(book);
    this.records = new FilingRecords(book);
  }

  /** Every word that must never leave the desk. */
  public static List<String> canaries() {
    return CANARIES;
  }

  /** Does nothing where there is any filing already, or fewer than three active cases. */
  public void write(StaffId officer) {
    List<CaseFile> active =
        cases.visibleTo(officer, Optional.of(WorkState.ACTIVE), Long.MAX_VALUE, 3);
    if (active.size() < 3 || !filings.openOnes(officer).isEmpty()) {
      return;
    }
    database.together(
        tx -> {
          awaitingAnswer(active.get(0), officer);
          commentsOverdue(active.get(1), officer);
          confidential(active.get(2), officer);
          return tx;
        });
  }

  private void awaitingAnswer(CaseFile file, StaffId officer) {
    FilingId id = begun(file, Mechanism.WGAD, 0, 52, officer);
    step(id, FilingState.CONSENT_CONFIRMED, 48, officer);
    step(id, FilingState.FILED, 45, officer);
    step(id, FilingState.TRANSMITTED, 38, officer);
    text(id, FilingText.Kind.REFERENCE, "Urgent appeal " + CANARIES.get(1), officer);
    text(id, FilingText.Kind.NOTE, "The secretariat in " + CANARIES.get(2) + " called.", officer);
  }

  private void commentsOverdue(CaseFile file, StaffId officer) {
    FilingId id = begun(file, Mechanism.HUMAN_RIGHTS_COMMITTEE, 3, 310, officer);
    step(id, FilingState.CONSENT_CONFIRMED, 300, officer);
    step(id, FilingState.FILED, 290, officer);
    step(id, FilingState.TRANSMITTED, 240, officer);
    step(id, FilingState.STATE_REPLY, 70, officer);
    onDay(64);
    steps.move(
        id,
        new StepDraft(
            FilingState.COMMENT_DUE, today.minusDays(64), "", Optional.of(today.minusDays(3))),
        officer,
        words);
    text(id, FilingText.Kind.REFERENCE, "Communication " + CANARIES.get(4), officer);
    text(id, FilingText.Kind.TEAM_NOTE, "Ask counsel in " + CANARIES.get(5) + ".", officer);
  }

  private void confidential(CaseFile file, StaffId officer) {
    FilingId id = begun(file, Mechanism.UNESCO, 6, 24, officer);
    step(id, FilingState.CONSENT_CONFIRMED, 20, officer);
    step(id, FilingState.FILED, 19, officer);
    text(id, FilingText.Kind.REFERENCE, "File " + CANARIES.get(7), officer);
    records.setDeadline(
        id, today.plusDays(90), "The committee meets in " + CANARIES.get(8), officer, words);
  }

  private FilingId begun(
      CaseFile file, Mechanism mechanism, int canary, int daysAgo, StaffId officer) {
    onDay(daysAgo);
    ConsentScope scope = mechanism.consent();
    String evidence = "Agreed to this complaint in " + CANARIES.get(canary) + ".";
    consents.give(
        file.id(),
        new ConsentDraft(
            Giver.FAMILY, Set.of(scope), today.minusDays(320), Optional.empty(), evidence),
        officer,
        words);
    FilingDraft draft = new FilingDraft(mechanism, false, Optional.empty(), Optional.empty());
    return filings.begin(file.id(), draft, officer, words);
  }

  private void step(FilingId id, FilingState to, int daysAgo, StaffId officer) {
    onDay(daysAgo);
    StepDraft draft = new StepDraft(to, today.minusDays(daysAgo), "", Optional.empty());
    steps.move(id, draft, officer, words);
  }

  /** What follows is written down on that day. */
  private void onDay(int daysAgo) {
    now = today.minusDays(daysAgo).atTime(9, 0).toInstant(ZoneOffset.UTC);
  }

  private void text(FilingId id, FilingText.Kind kind, String text, StaffId officer) {
    records.addText(id, kind, text, officer, words);
  }
}
