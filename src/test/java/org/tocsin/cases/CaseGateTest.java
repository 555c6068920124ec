package org.tocsin.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Refusals.code;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.cases.EligibilityCheck.Word;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.database.DatabaseFailure;

/** What stands between a case and the state ACTIVE, for every caller on the hub's own role. */
class CaseGateTest {
  private final CaseFixture fixture = new CaseFixture();
  private final Cases cases = fixture.cases;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aCaseWithAllThatIsAskedForIsConfirmedByASecondPerson() {
    CaseFile ready = fixture.ready();
    assertThat(cases.gaps(ready.id())).isEmpty();
    assertThat(fixture.active().state()).isEqualTo(WorkState.ACTIVE);
  }

  @Test
  void anEmptyCaseLacksEverything() {
    CaseFile empty = fixture.underReview();
    assertThat(cases.gaps(empty.id())).isEqualTo(EnumSet.allOf(Gap.class));
    refused("checks_missing", empty.id());
  }

  @Test
  void oneCheckThatIsNotMetAnyMoreClosesTheGate() {
    CaseId id = fixture.ready().id();
    fixture.check(id, Word.NO_VIOLENCE, false);
    refused("checks_missing", id);
    fixture.check(id, Word.NO_VIOLENCE, true);
    assertThat(fixture.move(id, WorkState.ACTIVE, fixture.colleague).state())
        .isEqualTo(WorkState.ACTIVE);
  }

  @Test
  void aSourceThatDependsOnAnotherOrWasWithdrawnDoesNotCount() {
    CaseId id = fixture.ready().id();
    long source =
        fixture
            .records
            .openTeamFile(id, fixture.officer.id())
            .orElseThrow()
            .sources()
            .getFirst()
            .id();
    fixture.records.withdrawSource(id, source, fixture.officer.id());
    refused("sources_missing", id);
    fixture.source(id, false);
    refused("sources_missing", id);
    fixture.source(id, true);
    assertThat(cases.gaps(id)).isEmpty();
  }

  @Test
  void aRevokedOrExpiredConsentDoesNotCount() {
    CaseId id = fixture.ready().id();
    ConsentId first = fixture.consents.list(id).getFirst().id();
    fixture.consents.revoke(id, first, "She rang", fixture.officer.id(), fixture.words);
    refused("consent_missing", id);
    fixture.consent(id, Optional.of(CaseFixture.TODAY));
    assertThat(cases.gaps(id)).isEmpty();
    fixture.hub.clock.advance(java.time.Duration.ofDays(1));
    refused("consent_missing", id);
  }

  @Test
  void whoWroteAnyPartOfItCannotConfirmIt() {
    CaseId id = fixture.ready().id();
    assertThatThrownBy(() -> fixture.move(id, WorkState.ACTIVE, fixture.officer))
        .satisfies(code("confirmer_wrote_it"));
    fixture.records.writeRiskNote(id, "More risk", fixture.colleague.id(), fixture.words);
    assertThatThrownBy(() -> fixture.move(id, WorkState.ACTIVE, fixture.colleague))
        .satisfies(code("confirmer_wrote_it"));
    assertThat(cases.writers(id)).isEqualTo(Set.of(fixture.officer.id(), fixture.colleague.id()));
  }

  @Test
  void whoIsNotOnTheTeamCannotConfirmWhatTheyCannotRead() {
    CaseId id = fixture.ready().id();
    assertThatThrownBy(() -> fixture.move(id, WorkState.ACTIVE, fixture.outsider))
        .satisfies(code("not_on_team"));
  }

  @Test
  void aCaseThatChangedSinceItWasReadIsNotConfirmed() {
    CaseFile read = fixture.ready();
    fixture.source(read.id(), true);
    assertThatThrownBy(
            () ->
                cases.move(
                    read.id(),
                    read.version(),
                    WorkState.ACTIVE,
                    "",
                    fixture.colleague.id(),
                    fixture.words))
        .satisfies(code("version_changed"));
  }

  @Test
  void theWayBackToActivePassesTheGateToo() {
    CaseId id = fixture.active().id();
    fixture.move(id, WorkState.MONITORING, fixture.officer);
    assertThatThrownBy(() -> fixture.move(id, WorkState.ACTIVE, fixture.officer))
        .satisfies(code("confirmer_wrote_it"));
    fixture.move(id, WorkState.ACTIVE, fixture.colleague);
    fixture.move(id, WorkState.RESOLVED, fixture.officer);
    fixture.check(id, Word.ABUSE, false);
    refused("checks_missing", id);
  }

  /** The rules bind the hub's own role: a page that forgets to ask cannot get past them. */
  @Test
  void theDatabaseItselfKeepsTheGate() {
    CaseId empty = fixture.underReview().id();
    assertThatThrownBy(() -> step(empty, "ACTIVE", fixture.colleague.id().value()))
        .satisfies(constraint("checks_missing"));
    CaseId ready = fixture.ready().id();
    assertThatThrownBy(() -> step(ready, "ACTIVE", fixture.officer.id().value()))
        .satisfies(constraint("confirmer_wrote_it"));
    assertThatThrownBy(() -> step(ready, "ACTIVE", fixture.outsider.id().value()))
        .satisfies(constraint("not_on_team"));
    assertThatThrownBy(() -> step(ready, "SEALED", fixture.colleague.id().value()))
        .satisfies(constraint("known_step"));
    assertThatThrownBy(() -> step(ready, "DECLINED", fixture.colleague.id().value()))
        .satisfies(constraint("reason_given"));
    assertThatThrownBy(
            () ->
                fixture.hub.hub.run(
                    "UPDATE casework.case_file SET state = 'ACTIVE' WHERE id = $1", empty.value()))
        .satisfies(constraint("state_without_step"));
  }

  @Test
  void whatWasWrittenIsNeverRewritten() {
    CaseId id = fixture.active().id();
    ConsentId consent = fixture.consents.list(id).getFirst().id();
    fixture.consents.revoke(id, consent, "She rang", fixture.officer.id(), fixture.words);
    for (String change :
        List.of(
            "UPDATE casework.consent SET expires = NULL",
            "DELETE FROM casework.consent",
            "DELETE FROM casework.consent_end",
            "UPDATE casework.consent_end SET how = 'EXPIRED'",
            "UPDATE casework.step SET to_state = 'RESOLVED'",
            "UPDATE casework.eligibility SET met = true",
            "UPDATE casework.source SET independent = true",
            "DELETE FROM casework.situation",
            "DELETE FROM casework.writer",
            "TRUNCATE casework.risk_note",
            "UPDATE casework.case_file SET reference = 'BBBB-BBBB'",
            "DELETE FROM casework.case_file")) {
      assertThatThrownBy(() -> fixture.hub.hub.run(change))
          .as(change)
          .isInstanceOfSatisfying(
              DatabaseFailure.class, failure -> assertThat(failure.state()).isEqualTo("42501"));
    }
  }

  private void step(CaseId id, String to, long by) {
    fixture.hub.hub.run(
        """
        INSERT INTO casework.step (case_file, from_state, to_state, taken_by, at)
        VALUES ($1, 'UNDER_REVIEW', $2, $3, '2026-06-15T09:00:00Z')
        """,
        id.value(),
        to,
        by);
  }

  private void refused(String code, CaseId id) {
    assertThatThrownBy(() -> fixture.move(id, WorkState.ACTIVE, fixture.colleague))
        .satisfies(code(code));
  }

  private static java.util.function.Consumer<Throwable> constraint(String name) {
    return failure ->
        assertThat(failure)
            .isInstanceOfSatisfying(
                ConstraintViolated.class,
                broken -> assertThat(broken.constraint()).isEqualTo(name));
  }
}
