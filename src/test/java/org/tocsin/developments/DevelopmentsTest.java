package org.tocsin.developments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Refusals.code;
import static org.tocsin.testing.Refusals.fields;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.cases.CaseFixture;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.ConsentId;
import org.tocsin.cases.ConsentScope;
import org.tocsin.cases.Consents;
import org.tocsin.cases.LeakLint;
import org.tocsin.developments.Development.State;
import org.tocsin.developments.DevelopmentDraft.Kind;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.database.DatabaseFailure;
import org.tocsin.platform.language.Languages;
import org.tocsin.testing.StolenCopy;

/** What may be said in public: written by one, cleared by another, and only as consent goes. */
class DevelopmentsTest {
  private static final DevelopmentDraft GOOD =
      new DevelopmentDraft(Kind.RELEASED, "A colleague is free", "She was let out on Monday.");

  private final CaseFixture fixture = new CaseFixture();
  private final StaffMember approver = fixture.member("approver", Role.APPROVER);
  private List<String> confidential = List.of();
  private final Developments developments =
      new Developments(
          fixture.hub.hub,
          fixture.hub.keyring.sealer(),
          fixture.hub.clock,
          fixture.hub.audit,
          fixture.cases,
          new LeakLint(fixture.book, Languages.load()),
          about -> confidential);
  private final Consents consents = new Consents(fixture.book, List.of(developments));
  private final CaseId about = fixture.active().id();

  @AfterEach
  void close() {
    fixture.close();
  }

  private DevelopmentId begun(DevelopmentDraft draft) {
    return developments.begin(about, draft, fixture.officer.id(), fixture.words);
  }

  private void clear(DevelopmentId id) {
    developments.clear(id, at(id).hash(), approver.id());
  }

  private Development at(DevelopmentId id) {
    return developments.open(id, fixture.officer.id());
  }

  private ConsentId agreed(ConsentScope scope) {
    return fixture.consent(about, Optional.empty(), scope);
  }

  @Test
  void whatASecondPersonClearedIsOfferedWithoutItsCase() {
    agreed(ConsentScope.PUBLIC_ANONYMISED);
    DevelopmentId id = begun(GOOD);
    assertThat(developments.clearedOnes(10)).isEmpty();
    assertThatThrownBy(() -> developments.cleared(id)).satisfies(code("not_found"));

    clear(id);

    assertThat(developments.clearedOnes(10)).extracting(Development::draft).containsExactly(GOOD);
    assertThat(developments.cleared(id).draft()).isEqualTo(GOOD);
    assertThatThrownBy(() -> clear(id)).satisfies(code("already_approved"));
  }

  @Test
  void whoeverWroteAtItDoesNotClearIt() {
    agreed(ConsentScope.PUBLIC_ANONYMISED);
    DevelopmentId id = begun(GOOD);
    DevelopmentDraft changed = new DevelopmentDraft(Kind.OTHER, "News", "It went well.");
    developments.edit(id, GOOD.hash(), changed, fixture.colleague.id(), fixture.words);
    assertThatThrownBy(() -> developments.clear(id, changed.hash(), fixture.colleague.id()))
        .satisfies(code("approver_is_editor"));
    assertThat(at(id).state()).isEqualTo(State.DRAFT);
  }

  @Test
  void nobodyWhoDidNotConsentIsNamed() {
    agreed(ConsentScope.PUBLIC_ANONYMISED);
    DevelopmentId id =
        begun(new DevelopmentDraft(Kind.RELEASED, "Free", "Dr Ilyas Voren was let out."));
    assertThatThrownBy(() -> clear(id)).satisfies(code("names_somebody"));
    assertThat(developments.leaks(at(id))).isNotEmpty();

    ConsentId named = agreed(ConsentScope.PUBLIC_NAME);
    clear(id);
    assertThat(at(id).state()).isEqualTo(State.CLEARED);

    consents.revoke(about, named, "She asked us to", fixture.officer.id(), fixture.words);
    assertThat(at(id).state())
        .as("being told of without a name is not enough")
        .isEqualTo(State.DRAFT);
  }

  @Test
  void whatNobodyConsentedToIsNotCleared() {
    DevelopmentId id = begun(GOOD);
    assertThatThrownBy(() -> clear(id)).satisfies(code("consent_missing"));
  }

  @Test
  void theEndOfAConsentTakesBackWhatStoodOnItAndNothingElse() {
    ConsentId first = agreed(ConsentScope.PUBLIC_ANONYMISED);
    ConsentId second = agreed(ConsentScope.PUBLIC_NAME);
    DevelopmentId id = begun(GOOD);
    clear(id);

    consents.revoke(about, first, "Too early", fixture.officer.id(), fixture.words);
    assertThat(at(id).state()).as("the other consent covers it").isEqualTo(State.CLEARED);
    consents.revoke(about, second, "Too early", fixture.officer.id(), fixture.words);
    assertThat(at(id).state()).isEqualTo(State.DRAFT);
    assertThat(developments.clearedOnes(10)).isEmpty();
    assertThatThrownBy(() -> clear(id)).satisfies(code("consent_missing"));

    agreed(ConsentScope.PUBLIC_ANONYMISED);
    clear(id);
    assertThat(at(id).state()).isEqualTo(State.CLEARED);
  }

  @Test
  void anEditTakesTheClearanceBack() {
    agreed(ConsentScope.PUBLIC_ANONYMISED);
    DevelopmentId id = begun(GOOD);
    clear(id);
    DevelopmentDraft changed = new DevelopmentDraft(Kind.RELEASED, "Free", "In another town.");
    developments.edit(id, GOOD.hash(), changed, fixture.officer.id(), fixture.words);

    assertThat(at(id).state()).isEqualTo(State.DRAFT);
    assertThatThrownBy(() -> developments.clear(id, GOOD.hash(), approver.id()))
        .satisfies(code("content_changed"));
    assertThatThrownBy(
            () -> developments.edit(id, GOOD.hash(), GOOD, fixture.officer.id(), fixture.words))
        .satisfies(code("content_changed"));
    clear(id);
    assertThat(developments.cleared(id).draft()).isEqualTo(changed);
  }

  @Test
  void whatAConfidentialComplaintIsCalledIsNotSaid() {
    agreed(ConsentScope.PUBLIC_NAME);
    confidential = List.of("UNESCO");
    DevelopmentId id = begun(new DevelopmentDraft(Kind.OTHER, "News", "Thanks to UNESCO."));
    assertThatThrownBy(() -> clear(id)).satisfies(code("names_somebody"));
  }

  @Test
  void everyWrongFieldIsNamedAndNothingWritten() {
    DevelopmentDraft wrong = new DevelopmentDraft(Kind.OTHER, "Two\nlines", " ");
    assertThatThrownBy(() -> begun(wrong)).satisfies(fields("title", "text"));
    assertThat(developments.ofCase(about)).isEmpty();
  }

  @Test
  void onlyTheTeamWritesAndDrops() {
    assertThatThrownBy(() -> developments.begin(about, GOOD, fixture.outsider.id(), fixture.words))
        .satisfies(code("not_on_team"));
    DevelopmentId id = begun(GOOD);
    assertThatThrownBy(() -> developments.drop(id, fixture.outsider.id()))
        .satisfies(code("not_on_team"));
    developments.drop(id, fixture.officer.id());
    assertThatThrownBy(() -> clear(id)).satisfies(code("dropped"));
    assertThat(developments.list(fixture.officer.id(), 10)).isEmpty();
  }

  @Test
  void theDatabaseClearsNothingThatNobodyApproved() {
    DevelopmentId id = begun(GOOD);
    assertThatThrownBy(() -> run("UPDATE casework.development SET state = 'CLEARED'"))
        .isInstanceOf(ConstraintViolated.class);
    agreed(ConsentScope.PUBLIC_ANONYMISED);
    clear(id);
    assertThatThrownBy(
            () -> run("UPDATE casework.development SET content_hash = sha256('other'::bytea)"))
        .isInstanceOf(ConstraintViolated.class);
    assertThatThrownBy(() -> run("DELETE FROM casework.development"))
        .isInstanceOf(DatabaseFailure.class);
  }

  private void run(String sql) {
    fixture.hub.hub.run(sql);
  }

  @Test
  void aStolenDatabaseShowsNoWordOfIt() {
    begun(GOOD);
    StolenCopy copy = StolenCopy.of(fixture.hub.address);
    assertThat(copy.shows("development.drafted")).isTrue();
    assertThat(copy.shows("colleague is free")).isFalse();
    assertThat(copy.shows("Monday")).isFalse();
  }
}
