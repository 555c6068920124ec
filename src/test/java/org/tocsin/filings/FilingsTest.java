package org.tocsin.filings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.tocsin.testing.Refusals.code;
import static org.tocsin.testing.Refusals.fields;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffMember;
import org.tocsin.cases.CaseDetails;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.CaseRecords;
import org.tocsin.cases.CaseTeam;
import org.tocsin.cases.Casebook;
import org.tocsin.cases.Cases;
import org.tocsin.cases.Consent.Giver;
import org.tocsin.cases.ConsentDraft;
import org.tocsin.cases.ConsentScope;
import org.tocsin.cases.Consents;
import org.tocsin.cases.EligibilityCheck;
import org.tocsin.cases.LeakLint;
import org.tocsin.cases.Obstacle;
import org.tocsin.cases.Profession;
import org.tocsin.cases.Source;
import org.tocsin.cases.SourceDraft;
import org.tocsin.cases.WorkState;
import org.tocsin.filings.Deadline.How;
import org.tocsin.filings.Deadline.Kind;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.database.DatabaseFailure;
import org.tocsin.platform.database.Resealing;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.testing.StolenCopy;
import org.tocsin.testing.TestHub;

/** The way of a complaint: consent, steps, dates, who reads it, and what is kept to ourselves. */
class FilingsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 15);

  private final TestHub hub = new TestHub();
  private final Languages languages = Languages.load();
  private final Messages words = languages.in("en");
  private final Casebook casebook =
      new Casebook(hub.hub, hub.keyring.sealer(), hub.audit, hub.clock);
  private final Cases cases = new Cases(casebook);
  private final CaseTeam teams = new CaseTeam(casebook);
  private final CaseRecords caseRecords = new CaseRecords(casebook);
  private final Consents consents = new Consents(casebook, List.of());
  private final FilingBook book =
      new FilingBook(hub.hub, hub.keyring.sealer(), hub.audit, hub.clock, cases, teams);
  private final Filings filings = new Filings(book, languages);
  private final FilingSteps steps = new FilingSteps(book);
  private final FilingRecords records = new FilingRecords(book);
  private final Staff staff =
      new Staff(hub.hub, hub.keyring.sealer(), hub.keyring.lookup(), hub.audit, hub.clock);
  private final StaffMember officer = member("officer", Role.CASE_OFFICER);
  private final StaffMember colleague = member("colleague", Role.APPROVER);
  private final StaffMember outsider = member("outsider", Role.CASE_OFFICER);

  @AfterEach
  void close() {
    hub.close();
  }

  private StaffMember member(String name, Role role) {
    return staff.add("system", name + "@tocsin.example", name, Set.of(role));
  }

  private CaseId takenIn() {
    CaseFile file =
        cases.create(
            new CaseDetails("Ilyas Voren", "", "XN", Profession.PHYSICIAN, "Arrested at work."),
            officer.id(),
            words);
    teams.add(file.id(), colleague, officer.id(), words);
    return file.id();
  }

  private CaseId active(ConsentScope... scopes) {
    CaseId id = takenIn();
    moveCase(id, WorkState.UNDER_REVIEW, officer);
    for (EligibilityCheck.Word word : EligibilityCheck.Word.values()) {
      caseRecords.check(id, word, true, "Seen in the indictment", officer.id(), words);
    }
    for (Source.Kind kind : List.of(Source.Kind.FAMILY, Source.Kind.PRESS)) {
      caseRecords.addSource(id, new SourceDraft(kind, true, TODAY, "Told"), officer.id(), words);
    }
    caseRecords.writeRiskNote(id, "His brother lives there.", officer.id(), words);
    consent(id, scopes);
    return moveCase(id, WorkState.ACTIVE, colleague);
  }

  private CaseId moveCase(CaseId id, WorkState to, StaffMember by) {
    cases.move(id, cases.get(id).version(), to, "", by.id(), words);
    return id;
  }

  private void consent(CaseId id, ConsentScope... scopes) {
    consents.give(
        id,
        new ConsentDraft(Giver.FAMILY, Set.of(scopes), TODAY, Optional.empty(), "A letter"),
        officer.id(),
        words);
  }

  private void revoke(CaseId id) {
    consents.revoke(id, consents.list(id).getFirst().id(), "She rang", officer.id(), words);
  }

  private FilingId begun(CaseId id, Mechanism mechanism) {
    return filings.begin(
        id,
        new FilingDraft(mechanism, false, Optional.empty(), Optional.empty()),
        officer.id(),
        words);
  }

  private void step(FilingId id, FilingState to) {
    step(id, to, to.needsText() ? "As they wrote" : "", Optional.empty(), officer);
  }

  private void step(
      FilingId id, FilingState to, String text, Optional<LocalDate> due, StaffMember by) {
    LocalDate today = LocalDate.ofInstant(hub.clock.instant(), ZoneOffset.UTC);
    steps.move(id, new StepDraft(to, today, text, due), by.id(), words);
  }

  private FilingState state(FilingId id) {
    return filings.open(id, officer.id()).state();
  }

  @Test
  void aComplaintGoesItsWholeWayAndItsDatesWithIt() {
    FilingId id = begun(active(ConsentScope.WGAD), Mechanism.WGAD);
    step(id, FilingState.CONSENT_CONFIRMED);
    step(id, FilingState.FILED);
    step(id, FilingState.TRANSMITTED);
    assertThat(filings.deadlines(id))
        .extracting(Deadline::kind, Deadline::due, Deadline::open)
        .containsExactly(tuple(Kind.STATE_REPLY, TODAY.plusDays(60), true));
    hub.clock.advance(Duration.ofDays(61));
    step(id, FilingState.NO_REPLY);
    step(id, FilingState.STATE_REPLY);
    step(id, FilingState.COMMENT_DUE, "", Optional.of(TODAY.plusDays(90)), officer);
    assertThat(filings.open(id, officer.id()).nextDue()).hasValue(TODAY.plusDays(90));
    step(id, FilingState.DECISION);
    step(id, FilingState.FOLLOW_UP);
    step(id, FilingState.CLOSED);
    assertThat(filings.steps(id))
        .extracting(FilingStep::no)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(filings.steps(id).getLast().text()).isEqualTo("As they wrote");
    assertThat(filings.deadlines(id)).noneMatch(Deadline::open);
    assertThat(filings.deadlines(id))
        .extracting(deadline -> deadline.end().orElseThrow().how())
        .containsExactly(How.DROPPED, How.MET);
    assertThat(filings.openOnes(officer.id())).isEmpty();
  }

  @Test
  void nothingIsFiledWithoutConsentToThisVeryBody() {
    CaseId id = active(ConsentScope.WGAD, ConsentScope.CORRESPONDENTS_ALERT);
    FilingId filing = begun(id, Mechanism.CAT);
    assertThatThrownBy(() -> step(filing, FilingState.CONSENT_CONFIRMED))
        .satisfies(code("consent_missing"));
    consent(id, ConsentScope.CAT);
    step(filing, FilingState.CONSENT_CONFIRMED);
    revoke(id);
    assertThatThrownBy(() -> step(filing, FilingState.FILED)).satisfies(code("consent_revoked"));
    assertThat(state(filing)).isEqualTo(FilingState.CONSENT_CONFIRMED);
    consent(id, ConsentScope.CAT);
    step(filing, FilingState.FILED);
    revoke(id);
    assertThat(filings.obstacles(filings.open(filing, officer.id())))
        .containsExactly(Obstacle.CONSENT_REVOKED);
    step(filing, FilingState.TRANSMITTED);
  }

  @Test
  void theCaseMustHavePassedItsGateButNeedNotBeActiveStill() {
    CaseId fresh = takenIn();
    consent(fresh, ConsentScope.WGAD);
    FilingId early = begun(fresh, Mechanism.WGAD);
    assertThatThrownBy(() -> step(early, FilingState.CONSENT_CONFIRMED))
        .satisfies(code("case_not_confirmed"));
    CaseId watched = active(ConsentScope.WGAD);
    moveCase(watched, WorkState.MONITORING, officer);
    FilingId filing = begun(watched, Mechanism.WGAD);
    step(filing, FilingState.CONSENT_CONFIRMED);
    step(filing, FilingState.FILED);
    assertThat(state(filing)).isEqualTo(FilingState.FILED);
  }

  @Test
  void theDatabaseKnowsTheStepsAndTheConsentToo() {
    CaseId id = active(ConsentScope.WGAD);
    FilingId filing = begun(id, Mechanism.CRC);
    String insert =
        "INSERT INTO casework.filing_step (filing, to_state, on_day, text_sealed, taken_by, at)"
            + " VALUES ($1, $2, '2026-06-15', NULL, $3, '2026-06-15T09:00:00Z')";
    for (String[] refused :
        new String[][] {
          {"FILED", "consent_missing"},
          {"TRANSMITTED", "known_filing_step"},
          {"CLOSED", "text_given"}
        }) {
      assertThatThrownBy(
              () -> hub.hub.run(insert, filing.value(), refused[0], officer.id().value()))
          .as(refused[0])
          .isInstanceOfSatisfying(
              ConstraintViolated.class,
              broken -> assertThat(broken.constraint()).isEqualTo(refused[1]));
    }
    assertThatThrownBy(
            () ->
                hub.hub.run(
                    "UPDATE casework.filing SET state = 'FILED' WHERE id = $1", filing.value()))
        .isInstanceOfSatisfying(
            ConstraintViolated.class,
            broken -> assertThat(broken.constraint()).isEqualTo("state_without_step"));
    for (String verb :
        List.of(
            "DELETE FROM casework.filing",
            "UPDATE casework.filing SET mechanism = 'CAT'",
            "DELETE FROM casework.filing_text",
            "UPDATE casework.filing_step SET on_day = '2026-01-01'",
            "UPDATE casework.filing_deadline SET due = '2026-01-01'",
            "TRUNCATE casework.filing_deadline_end")) {
      assertThatThrownBy(() -> hub.hub.run(verb)).as(verb).isInstanceOf(DatabaseFailure.class);
    }
    for (FilingState from : FilingState.values()) {
      for (FilingState to : FilingState.values()) {
        assertThat(allowed(from, to)).as(from + " " + to).isEqualTo(from.next().contains(to));
      }
    }
  }

  /** Whether the table's own rule lets a step be. */
  private boolean allowed(FilingState from, FilingState to) {
    String rule =
        hub.hub.get(
            "SELECT pg_get_constraintdef(oid) AS rule FROM pg_constraint WHERE conname = 'known_filing_step'",
            row -> row.getString("rule"));
    return hub.hub.get(
        "SELECT "
            + rule.substring("CHECK ".length())
            + " AS ok FROM (SELECT '"
            + from
            + "'::text AS from_state, '"
            + to
            + "'::text AS to_state) AS step",
        row -> row.getBoolean("ok"));
  }

  @Test
  void timesForFilingAreCountedFromTheDaysThatAreKnown() {
    CaseId id = active(ConsentScope.WGAD);
    FilingId filing =
        filings.begin(
            id,
            new FilingDraft(
                Mechanism.HUMAN_RIGHTS_COMMITTEE,
                false,
                Optional.of(LocalDate.of(2024, 2, 29)),
                Optional.of(LocalDate.of(2025, 1, 31))),
            officer.id(),
            words);
    assertThat(filings.deadlines(filing))
        .extracting(Deadline::due)
        .containsExactly(LocalDate.of(2028, 1, 31), LocalDate.of(2029, 2, 28));
    assertThat(Mechanism.EUROPEAN_COURT.limits().getFirst().last(LocalDate.of(2026, 1, 31)))
        .isEqualTo(LocalDate.of(2026, 5, 31));
    assertThat(Mechanism.INTER_AMERICAN.limits().getFirst().months()).isEqualTo(6);
  }

  @Test
  void everyWrongFieldIsNamedAtOnce() {
    CaseId id = active(ConsentScope.WGAD);
    LocalDate tomorrow = TODAY.plusDays(1);
    assertThatThrownBy(
            () ->
                filings.begin(
                    id,
                    new FilingDraft(
                        Mechanism.CAT, false, Optional.of(tomorrow), Optional.of(tomorrow)),
                    officer.id(),
                    words))
        .satisfies(fields("remedies_ended", "other_ended"));
    FilingId filing = begun(id, Mechanism.WGAD);
    assertThatThrownBy(
            () ->
                steps.move(
                    filing,
                    new StepDraft(FilingState.CLOSED, tomorrow, " ", Optional.empty()),
                    officer.id(),
                    words))
        .satisfies(fields("text", "day"));
    assertThatThrownBy(
            () ->
                steps.move(
                    filing,
                    new StepDraft(FilingState.COMMENT_DUE, TODAY, "", Optional.empty()),
                    officer.id(),
                    words))
        .satisfies(fields("comments_due"));
    assertThatThrownBy(
            () -> records.setDeadline(filing, TODAY.plusYears(90), "", officer.id(), words))
        .satisfies(fields("note", "due"));
    assertThatThrownBy(() -> step(filing, FilingState.DECISION)).satisfies(code("no_such_step"));
  }

  @Test
  void aDateIsMetOrDroppedOnce() {
    FilingId filing = begun(active(ConsentScope.WGAD), Mechanism.WGAD);
    records.setDeadline(filing, TODAY.plusDays(5), "Send the annex", officer.id(), words);
    long deadline = filings.deadlines(filing).getFirst().id();
    records.endDeadline(filing, deadline, How.MET, officer.id());
    assertThat(filings.deadlines(filing).getFirst().end().orElseThrow().how()).isEqualTo(How.MET);
    assertThatThrownBy(() -> records.endDeadline(filing, deadline, How.DROPPED, officer.id()))
        .satisfies(code("deadline_ended"));
    FilingId other = begun(filings.open(filing, officer.id()).caseId(), Mechanism.CAT);
    assertThatThrownBy(() -> records.endDeadline(other, deadline, How.MET, officer.id()))
        .satisfies(code("not_found"));
  }

  @Test
  void whatIsDueStandsFirstAndIsCalledToMindToTheTeamAlone() {
    CaseId id = active(ConsentScope.WGAD);
    FilingId later = begun(id, Mechanism.WGAD);
    records.setDeadline(later, TODAY.plusDays(40), "Later", officer.id(), words);
    FilingId none = begun(id, Mechanism.CAT);
    FilingId overdue = begun(id, Mechanism.CED);
    records.setDeadline(overdue, TODAY.minusDays(2), "Overdue", officer.id(), words);
    assertThat(filings.openOnes(outsider.id()))
        .extracting(listed -> listed.filing().id())
        .containsExactly(overdue, later, none);
    assertThat(filings.dueFor(officer.id(), TODAY.plusDays(30)))
        .extracting(listed -> listed.filing().id())
        .containsExactly(overdue);
    assertThat(filings.dueFor(officer.id(), TODAY.plusDays(40))).hasSize(2);
    assertThat(filings.dueFor(outsider.id(), TODAY.plusDays(40))).isEmpty();
  }

  @Test
  void onlyTheTeamWritesAndItsOwnNotesAreItsOwn() {
    CaseId id = active(ConsentScope.WGAD);
    FilingId filing = begun(id, Mechanism.WGAD);
    records.addText(filing, FilingText.Kind.TEAM_NOTE, "Counsel's name", officer.id(), words);
    records.addText(filing, FilingText.Kind.NOTE, "They rang", officer.id(), words);
    Filing open = filings.open(filing, outsider.id());
    assertThat(filings.texts(open, outsider.id()))
        .extracting(FilingText::text)
        .containsExactly("They rang");
    assertThat(filings.texts(open, colleague.id())).hasSize(2);
    for (Runnable write :
        List.<Runnable>of(
            () -> step(filing, FilingState.CONSENT_CONFIRMED, "", Optional.empty(), outsider),
            () -> records.setConfidential(filing, true, outsider.id()),
            () -> records.setDeadline(filing, TODAY, "x", outsider.id(), words),
            () -> records.addText(filing, FilingText.Kind.NOTE, "x", outsider.id(), words),
            () ->
                filings.begin(
                    id,
                    new FilingDraft(Mechanism.CAT, false, Optional.empty(), Optional.empty()),
                    outsider.id(),
                    words))) {
      assertThatThrownBy(write::run).satisfies(code("not_on_team"));
    }
  }

  @Test
  void aSealedCaseTakesItsFilingsWithIt() {
    CaseId id = active(ConsentScope.WGAD);
    FilingId filing = begun(id, Mechanism.WGAD);
    moveCase(id, WorkState.RESOLVED, officer);
    moveCase(id, WorkState.SEALED, officer);
    assertThatThrownBy(() -> filings.open(filing, outsider.id())).satisfies(code("not_found"));
    assertThat(filings.openOnes(outsider.id())).isEmpty();
    assertThat(filings.open(filing, officer.id()).id()).isEqualTo(filing);
    assertThatThrownBy(() -> step(filing, FilingState.CLOSED)).satisfies(code("case_sealed"));
  }

  @Test
  void whatIsConfidentialIsNamedToWhoeverLooksThroughAnAlert() {
    CaseId id = active(ConsentScope.UNESCO, ConsentScope.WGAD);
    FilingId unesco = begun(id, Mechanism.UNESCO);
    records.addText(unesco, FilingText.Kind.REFERENCE, "104/2026-B", officer.id(), words);
    FilingId open = begun(id, Mechanism.WGAD);
    records.addText(open, FilingText.Kind.REFERENCE, "WG/17", officer.id(), words);
    assertThat(filings.open(unesco, officer.id()).confidential()).isTrue();
    assertThatThrownBy(() -> records.setConfidential(unesco, false, officer.id()))
        .satisfies(code("stays_confidential"));
    assertThat(filings.confidentialTexts(id))
        .contains("UNESCO", "104/2026-B")
        .doesNotContain("WG/17");
    String text = "A complaint to Unesco (104/2026-b) is under way.";
    assertThat(LeakLint.findWords(text, filings.confidentialTexts(id))).hasSize(2);
    records.setConfidential(open, true, officer.id());
    assertThat(filings.confidentialTexts(id)).contains("WG/17", "WGAD");
    step(unesco, FilingState.CLOSED);
    assertThat(filings.confidentialTexts(id)).contains("UNESCO");
    assertThat(filings.confidentialTexts(takenIn())).isEmpty();
  }

  @Test
  void aStolenCopyShowsNoTextAndANewKeySealsEachAnew() {
    CaseId id = active(ConsentScope.WGAD);
    FilingId filing = begun(id, Mechanism.WGAD);
    records.addText(filing, FilingText.Kind.REFERENCE, "zeisig-reference", officer.id(), words);
    records.setDeadline(filing, TODAY, "zeisig-deadline", officer.id(), words);
    step(filing, FilingState.CLOSED, "zeisig-closed", Optional.empty(), officer);
    StolenCopy copy = StolenCopy.of(hub.address);
    assertThat(copy.shows("filing.moved")).isTrue();
    assertThat(copy.shows("zeisig")).isFalse();
    List<FilingStep> before = filings.steps(filing);
    List<Deadline> dates = filings.deadlines(filing);
    Keyring.rotate(hub.folder.resolve("keys"));
    Keyring rotated = Keyring.open(hub.folder.resolve("keys"), false);
    Resealing resealing = new Resealing(hub.hub, rotated.sealer(), rotated.lookup());
    for (SealedTable table : Filings.sealedTables()) {
      assertThat(resealing.run(table, done -> {})).as(table.name()).isPositive();
    }
    Filings again =
        new Filings(
            new FilingBook(hub.hub, rotated.sealer(), hub.audit, hub.clock, cases, teams),
            languages);
    assertThat(again.steps(filing)).isEqualTo(before);
    assertThat(again.deadlines(filing)).isEqualTo(dates);
  }

  @Test
  void theDemonstrationHasThreeAndEachPrivateTextIsMarked() {
    for (int i = 0; i < 3; i++) {
      active(ConsentScope.CORRESPONDENTS_ALERT);
    }
    DemoFilings demo =
        new DemoFilings(
            hub.hub, hub.keyring.sealer(), hub.audit, hub.clock, cases, teams, consents, languages);
    demo.write(officer.id());
    demo.write(officer.id());
    assertThat(filings.openOnes(officer.id()))
        .extracting(listed -> listed.filing().mechanism())
        .containsExactly(Mechanism.HUMAN_RIGHTS_COMMITTEE, Mechanism.WGAD, Mechanism.UNESCO);
    assertThat(filings.dueFor(officer.id(), TODAY.plusDays(30))).hasSize(2);
    StolenCopy copy = StolenCopy.of(hub.address);
    assertThat(DemoFilings.canaries()).doesNotHaveDuplicates().noneMatch(copy::shows);
  }
}
