package org.tocsin.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.cases.CaseFixture.TODAY;
import static org.tocsin.cases.CaseFixture.details;
import static org.tocsin.testing.Refusals.code;
import static org.tocsin.testing.Refusals.fields;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.audit.AuditEntry;

/** A case's life besides the gate: details, steps, situation, team, search and audit. */
class CasesTest {
  private final CaseFixture fixture = new CaseFixture();
  private final Cases cases = fixture.cases;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aReferenceIsRandomAndUnlikeItsNeighbours() {
    CaseFile one = fixture.takenIn();
    CaseFile other = fixture.takenIn();
    assertThat(one.reference().text()).matches("[2-9B-Z]{4}-[2-9B-Z]{4}");
    assertThat(one.reference()).isNotEqualTo(other.reference());
    assertThat(Reference.parse(" " + one.reference().text().toLowerCase(java.util.Locale.ROOT)))
        .contains(one.reference());
    assertThat(cases.find(one.reference(), fixture.outsider.id())).contains(one);
  }

  @Test
  void everyStepIsKept() {
    CaseId id = fixture.active().id();
    fixture.move(id, WorkState.MONITORING, fixture.officer);
    fixture.move(id, WorkState.RESOLVED, "Free at last", fixture.officer);
    fixture.move(id, WorkState.ACTIVE, fixture.colleague);
    assertThat(cases.steps(id))
        .extracting(Step::to)
        .containsExactly(
            WorkState.UNDER_REVIEW,
            WorkState.ACTIVE,
            WorkState.MONITORING,
            WorkState.RESOLVED,
            WorkState.ACTIVE);
    assertThat(cases.steps(id).get(3).reason()).isEqualTo("Free at last");
  }

  @Test
  void decliningNeedsAReasonAndSealingEndsEverything() {
    CaseId id = fixture.takenIn().id();
    assertThatThrownBy(() -> fixture.move(id, WorkState.DECLINED, " ", fixture.officer))
        .satisfies(fields("reason"));
    assertThatThrownBy(() -> fixture.move(id, WorkState.RESOLVED, fixture.officer))
        .satisfies(code("no_such_step"));
    fixture.move(id, WorkState.DECLINED, fixture.officer);
    fixture.move(id, WorkState.SEALED, fixture.officer);
    assertThatThrownBy(() -> fixture.source(id, true)).satisfies(code("case_sealed"));
    assertThatThrownBy(() -> cases.open(id, fixture.outsider.id())).satisfies(code("not_found"));
    assertThat(cases.list(fixture.outsider.id(), Optional.empty(), Long.MAX_VALUE, 10)).isEmpty();
    assertThat(cases.open(id, fixture.officer.id()).state()).isEqualTo(WorkState.SEALED);
  }

  @Test
  void twoEditsOfOneVersionDoNotOverwriteEachOther() {
    CaseFile read = fixture.takenIn();
    CaseFile edited =
        cases.edit(
            read.id(), read.version(), details("A", "B"), fixture.officer.id(), fixture.words);
    assertThat(edited.details().name()).isEqualTo("A");
    assertThatThrownBy(
            () ->
                cases.edit(
                    read.id(),
                    read.version(),
                    details("C", "D"),
                    fixture.officer.id(),
                    fixture.words))
        .satisfies(code("version_changed"));
    assertThat(cases.get(read.id())).isEqualTo(edited);
  }

  @Test
  void everyWrongFieldIsNamed() {
    assertThatThrownBy(
            () ->
                cases.create(
                    new CaseDetails("a\nb", "\u0000", "XX", Profession.NURSE, "x".repeat(20_001)),
                    fixture.officer.id(),
                    fixture.words))
        .satisfies(fields("name", "other_names", "summary", "country"));
    CaseId id = fixture.takenIn().id();
    assertThatThrownBy(
            () ->
                fixture.records.addSource(
                    id,
                    new SourceDraft(Source.Kind.PRESS, true, TODAY.plusDays(1), " "),
                    fixture.officer.id(),
                    fixture.words))
        .satisfies(fields("details", "heard_on"));
  }

  @Test
  void onlyTheTeamWritesAndOpensTheTeamFile() {
    CaseId id = fixture.ready().id();
    assertThat(fixture.records.openTeamFile(id, fixture.outsider.id())).isEmpty();
    TeamFile file = fixture.records.openTeamFile(id, fixture.colleague.id()).orElseThrow();
    assertThat(file.sources()).hasSize(2);
    assertThat(file.riskNote()).isPresent();
    assertThat(file.evidence().values()).containsExactly("A letter of the wife");
    assertThatThrownBy(
            () ->
                fixture.records.addNote(
                    id, Note.Kind.OPEN, "Hello", fixture.outsider.id(), fixture.words))
        .satisfies(code("not_on_team"));
    assertThatThrownBy(
            () -> fixture.teams.add(id, fixture.outsider, fixture.outsider.id(), fixture.words))
        .satisfies(code("not_on_team"));
    fixture.teams.remove(id, fixture.colleague.id(), fixture.officer.id());
    assertThat(fixture.records.openTeamFile(id, fixture.colleague.id())).isEmpty();
    assertThatThrownBy(() -> fixture.teams.remove(id, fixture.officer.id(), fixture.officer.id()))
        .satisfies(code("last_of_team"));
  }

  @Test
  void whoMayReadNoCaseCannotJoinATeam() {
    CaseId id = fixture.takenIn().id();
    var editor = fixture.member("editor", Role.NEWSLETTER_EDITOR);
    assertThatThrownBy(() -> fixture.teams.add(id, editor, fixture.officer.id(), fixture.words))
        .satisfies(fields("member"));
  }

  @Test
  void aSituationIsCorrectedAndNeverOverwritten() {
    CaseId id = fixture.takenIn().id();
    fixture.situation(id, SituationWord.DETAINED, TODAY.minusDays(9));
    fixture.situation(id, SituationWord.RELEASED, TODAY);
    long wrong = fixture.records.situations(id).getFirst().id();
    SituationDraft right =
        new SituationDraft(
            SituationWord.IMPRISONED, TODAY.minusDays(1), "", OptionalLong.of(wrong));
    fixture.records.addSituation(id, right, fixture.officer.id(), fixture.words);
    assertThat(fixture.records.situations(id))
        .extracting(Situation::word, Situation::replaced)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(SituationWord.RELEASED, true),
            org.assertj.core.groups.Tuple.tuple(SituationWord.IMPRISONED, false),
            org.assertj.core.groups.Tuple.tuple(SituationWord.DETAINED, false));
    assertThatThrownBy(
            () -> fixture.records.addSituation(id, right, fixture.officer.id(), fixture.words))
        .satisfies(code("already_replaced"));
    CaseId other = fixture.takenIn().id();
    assertThatThrownBy(
            () ->
                fixture.records.addSituation(
                    other,
                    new SituationDraft(
                        SituationWord.UNKNOWN,
                        TODAY,
                        "",
                        OptionalLong.of(fixture.records.situations(id).get(1).id())),
                    fixture.officer.id(),
                    fixture.words))
        .satisfies(code("not_found"));
  }

  @Test
  void theAuditHoldsNumbersAndVerbsOnly() {
    CaseId id = fixture.active().id();
    assertThat(fixture.hub.audit.latest(id.subject(), Long.MAX_VALUE, 50))
        .extracting(AuditEntry::action)
        .contains("case.created", "case.checked", "case.consent_given", "case.moved");
    assertThat(fixture.hub.audit.latest(id.subject(), Long.MAX_VALUE, 50))
        .extracting(AuditEntry::detail)
        .noneMatch(detail -> detail.contains("Voren") || detail.contains("wife"));
  }
}
