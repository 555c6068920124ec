package org.tocsin.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.alerts.AlertFixture.draft;
import static org.tocsin.testing.Refusals.code;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.Progress;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.ConsentScope;
import org.tocsin.cases.EligibilityCheck;
import org.tocsin.cases.WorkState;
import org.tocsin.correspondents.Circle;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.release.ReleaseOrder.Mode;

/** From the draft to what was sent: two people, one hash, and the gate three times. */
class AlertChainTest {
  private final AlertFixture fixture = new AlertFixture();
  private final Alerts alerts = fixture.alerts;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void twoPeopleAndAReleaseOfficerLetAnAlertGoToAllCorrespondents() {
    fixture.correspondents(3);
    fixture.member(Circle.NETWORK, "contact@academy.example");
    fixture.member(Circle.DRILL, "drill@hub.example");
    Alert alert = fixture.created();
    assertThat(alert.state()).isEqualTo(AlertState.DRAFT);
    assertThat(alerts.submit(alert.id(), fixture.officer, fixture.words).state())
        .isEqualTo(AlertState.IN_REVIEW);
    assertThat(alerts.approve(alert.id(), fixture.approver, Optional.empty()).state())
        .isEqualTo(AlertState.APPROVED);
    ReleasedAlert released =
        alerts.release(alert.id(), fixture.releaser, Optional.empty(), Optional.of(Duration.ZERO));
    assertThat(released.broadcasts()).containsOnlyKeys("email");
    assertThat(released.alert().state()).isEqualTo(AlertState.RELEASING);
    fixture.engine.snapshot();
    fixture.engine.start();
    assertThat(fixture.engine.completed(fixture.email(alert).id()).sent()).isEqualTo(3);
    assertThat(fixture.state(alert)).isEqualTo(AlertState.ACTIVE);
    assertThat(fixture.engine.channel.arrived.keySet())
        .contains("m0@academy.example", "m1@academy.example", "m2@academy.example");
  }

  @Test
  void theWriterMayNotApproveAndAnEditAfterwardsVoidsTheApproval() {
    Alert alert = fixture.created();
    alerts.submit(alert.id(), fixture.officer, fixture.words);
    assertThatThrownBy(() -> alerts.approve(alert.id(), fixture.officer, Optional.empty()))
        .satisfies(code("approver_is_editor"));
    Alert approved = alerts.approve(alert.id(), fixture.approver, Optional.empty());
    AlertDraft other = draft("Ask for his release", Set.of(Circle.CORRESPONDENT));
    Alert edited =
        alerts.edit(alert.id(), approved.version(), other, fixture.officer, fixture.words);
    assertThat(edited.state()).isEqualTo(AlertState.DRAFT);
    assertThatThrownBy(
            () -> alerts.release(alert.id(), fixture.releaser, Optional.empty(), Optional.empty()))
        .satisfies(code("content_changed"));
    assertThatThrownBy(
            () -> alerts.edit(alert.id(), alert.version(), other, fixture.officer, fixture.words))
        .satisfies(code("version_changed"));
  }

  @Test
  void whomItGoesToIsPartOfWhatIsApproved() {
    CaseId about = fixture.activeCase();
    Alert one = fixture.created(about, draft());
    Alert wider =
        fixture.created(
            about, draft("Ask for a fair trial", Set.of(Circle.CORRESPONDENT, Circle.NETWORK)));
    Frozen narrow = alerts.frozen(alerts.submit(one.id(), fixture.officer, fixture.words));
    Frozen wide = alerts.frozen(alerts.submit(wider.id(), fixture.officer, fixture.words));
    assertThat(narrow.hash()).isNotEqualTo(wide.hash());
    Frozen practised =
        new Frozen(
            narrow.reference(),
            narrow.type(),
            narrow.no(),
            Mode.EXERCISE,
            narrow.country(),
            narrow.draft(),
            narrow.letters(),
            narrow.confirmed());
    assertThat(practised.hash()).isNotEqualTo(narrow.hash());
  }

  private static AlertDraft writing(List<Target> targets, List<ModelLetter> letters) {
    AlertDraft good = draft();
    return new AlertDraft(
        good.kind(),
        good.urgency(),
        good.severity(),
        good.certainty(),
        good.circles(),
        good.webhook(),
        good.actBy(),
        good.text(),
        targets,
        letters);
  }

  private static Target target(String salutation, String language, String english) {
    return new Target("Prosecutor General", "", "", "", salutation, language, english);
  }

  private void doubted(AlertDraft draft, String... codes) {
    Alert alert = fixture.created(fixture.activeCase(), draft);
    if (codes.length == 0) {
      assertThat(alerts.submit(alert.id(), fixture.officer, fixture.words).state())
          .isEqualTo(AlertState.IN_REVIEW);
      return;
    }
    assertThatThrownBy(() -> alerts.submit(alert.id(), fixture.officer, fixture.words))
        .satisfies(code("confirmation_needed"))
        .isInstanceOfSatisfying(
            Invalid.class,
            refused -> assertThat(refused.fields()).extracting(Field::name).containsExactly(codes));
    assertThat(fixture.state(alert)).isEqualTo(AlertState.DRAFT);
  }

  @Test
  void aLetterThatOpensInAnotherLanguageIsNotSubmittedUnlessThatIsMeant() {
    List<ModelLetter> english = draft().letters();
    Target russian = target("Уважаемый господин прокурор!", "ru", "");
    doubted(writing(List.of(russian), english), "letter_language:1");
    // Its tag says English, its letters do not.
    doubted(
        writing(List.of(target("Уважаемый господин прокурор!", "en", "")), english),
        "letter_language:1");
    doubted(
        writing(
            List.of(draft().targets().getFirst(), russian),
            List.of(new ModelLetter("de", "", "Ich schreibe Ihnen."))),
        "letter_language:1",
        "letter_language:2");
    doubted(writing(List.of(target("Уважаемый!", "ru", "Dear Prosecutor General,")), english));
    doubted(writing(List.of(target("Dear Prosecutor General,", "en-GB", "")), english));
    doubted(writing(List.of(russian), List.of(new ModelLetter("ru", "", "Пишу Вам."))));
    doubted(writing(List.of(target("", "ru", "")), english));

    Alert alert = fixture.created(fixture.activeCase(), writing(List.of(russian), english));
    assertThatThrownBy(() -> alerts.submit(alert.id(), fixture.officer, fixture.words))
        .hasMessageContaining("English")
        .hasMessageContaining("Prosecutor General")
        .hasMessageContaining("Уважаемый господин прокурор!");
    Set<String> meant = Set.of("letter_language:1");
    assertThatThrownBy(
            () -> alerts.submit(alert.id(), Optional.of(99), meant, fixture.officer, fixture.words))
        .satisfies(code("version_changed"));
    alerts.submit(alert.id(), Optional.of(alert.version()), meant, fixture.officer, fixture.words);
    Frozen frozen = alerts.frozen(alert);
    assertThat(frozen.confirmed()).containsExactly("letter_language:1");
    assertThat(frozen.hash()).isNotEqualTo(frozen.confirming(List.of()).hash());
    assertThatThrownBy(() -> frozen.confirming(List.of()).requireConfirmed())
        .satisfies(code("confirmation_needed"));
    assertThat(alerts.approve(alert.id(), fixture.approver, Optional.empty()).state())
        .isEqualTo(AlertState.APPROVED);
  }

  @Test
  void whoeverAsksMembersToActNamesToWhomAndGivesThemALetterOrSaysOtherwise() {
    doubted(writing(List.of(), draft().letters()), "no_addressees");
    doubted(writing(draft().targets(), List.of()), "no_letters");
    doubted(writing(List.of(), List.of()), "no_addressees", "no_letters");
    AlertDraft bare = writing(List.of(), List.of());
    doubted(
        new AlertDraft(
            AlertKind.INFORMATION,
            bare.urgency(),
            bare.severity(),
            bare.certainty(),
            bare.circles(),
            false,
            bare.actBy(),
            bare.text(),
            List.of(),
            List.of()));
  }

  @Test
  void whatIsSentIsTheThinLetterAndNothingOfTheAlert() {
    fixture.correspondents(1);
    Alert alert = fixture.released(fixture.created().id());
    fixture.engine.start();
    fixture.engine.completed(fixture.email(alert).id());
    String sent = fixture.letterTo("m0@academy.example");
    assertThat(sent)
        .contains(alert.chain().reference().text(), "{{code}}", "{{portal_url}}")
        .doesNotContain("Voren", "Norvania", "XN", "trial", "minister", "arrested", "hospital");
    assertThat(alerts.frozen(alert).letters().firstEntry().getValue().subject().shown())
        .isEqualTo("A message from Committee on Human Rights");
  }

  @Test
  void inItsLastLookNothingLeavesAndAfterItEverythingDoes() {
    fixture.correspondents(2);
    Alert alert = fixture.scheduled();
    assertThat(alert.state()).isEqualTo(AlertState.SCHEDULED);
    fixture.engine.snapshot();
    fixture.engine.start();
    fixture.launch(Duration.ofMinutes(9));
    assertThat(fixture.state(alert)).isEqualTo(AlertState.SCHEDULED);
    assertThat(fixture.email(alert).state()).isEqualTo(Progress.State.PAUSED);
    assertThat(fixture.email(alert).sent()).isZero();
    fixture.launch(Duration.ofMinutes(2));
    assertThat(fixture.engine.completed(fixture.email(alert).id()).sent()).isEqualTo(2);
  }

  @Test
  void nobodyResumesBehindTheBackWhatIsHeld() {
    Alert alert = fixture.scheduled();
    assertThatThrownBy(
            () ->
                fixture.hub.hub.inTransaction(
                    tx -> fixture.own.resume(tx, fixture.email(alert).id())))
        .satisfies(code("not_resumed"));
  }

  @Test
  void withoutConsentNothingIsApprovedReleasedOrSent() {
    CaseId about = fixture.casework.active().id();
    Alert network =
        fixture.created(about, draft("Ask", Set.of(Circle.CORRESPONDENT, Circle.NETWORK)));
    alerts.submit(network.id(), fixture.officer, fixture.words);
    assertThatThrownBy(() -> alerts.approve(network.id(), fixture.approver, Optional.empty()))
        .satisfies(code("consent_missing"));

    Alert alert = fixture.created(about, draft());
    fixture.approved(alert.id());
    fixture.casework.move(about, WorkState.MONITORING, fixture.casework.officer);
    assertThatThrownBy(
            () -> alerts.release(alert.id(), fixture.releaser, Optional.empty(), Optional.empty()))
        .satisfies(code("case_not_active"));
  }

  @Test
  void aCaseThatLeavesItsStateInTheLastLookHoldsTheAlert() {
    fixture.correspondents(2);
    CaseId about = fixture.activeCase();
    Alert alert = fixture.scheduled(fixture.created(about, draft()).id());
    fixture.engine.snapshot();
    fixture.engine.start();
    fixture.casework.move(about, WorkState.MONITORING, fixture.casework.officer);
    fixture.launch(AlertFixture.LAST_LOOK);
    Alert held = alerts.get(alert.id());
    assertThat(held.state()).isEqualTo(AlertState.HELD);
    assertThat(held.held().orElseThrow().why()).isEqualTo(Alert.Why.GATE);
    assertThat(fixture.email(alert).sent()).isZero();
  }

  @Test
  void aConsentThatEndsHoldsWhatReliedOnItAtOnceAndDraftsAStop() {
    fixture.correspondents(2);
    CaseId about = fixture.activeCase();
    Alert live = fixture.released(fixture.created(about, draft()).id());
    fixture.consents.revoke(
        about,
        fixture.consentFor(about, ConsentScope.CORRESPONDENTS_ALERT),
        "The family asked",
        fixture.officer,
        fixture.words);
    assertThat(fixture.state(live)).isEqualTo(AlertState.HELD);
    assertThat(fixture.email(live).state()).isEqualTo(Progress.State.PAUSED);
    Alert stop = fixture.stopOf(live);
    assertThat(stop.state()).isEqualTo(AlertState.DRAFT);
    assertThat(stop.createdBy()).isEmpty();
    assertThatThrownBy(() -> alerts.resume(live.id(), fixture.approver))
        .satisfies(code("consent_revoked"));
    alerts.stop(live.id(), StopReason.CONSENT_WITHDRAWN, fixture.anybody);
    assertThat(fixture.stopOf(live).id()).isEqualTo(stop.id());
  }

  @Test
  void aConsentThatTheCalendarEndsHoldsItToo() {
    CaseId about = fixture.casework.underReview().id();
    for (EligibilityCheck.Word word : EligibilityCheck.Word.values()) {
      fixture.casework.check(about, word, true);
    }
    fixture.casework.source(about, true);
    fixture.casework.source(about, true);
    LocalDate last = LocalDate.of(2026, 6, 20);
    fixture.casework.consent(about, Optional.of(last), ConsentScope.CORRESPONDENTS_ALERT);
    fixture.casework.records.writeRiskNote(about, "None known", fixture.officer, fixture.words);
    fixture.casework.move(about, WorkState.ACTIVE, fixture.casework.colleague);
    Alert live = fixture.released(fixture.created(about, draft()).id());
    fixture.hub.clock.set(Instant.parse("2026-06-20T23:59:00Z"));
    fixture.consents.round();
    assertThat(fixture.state(live)).isNotEqualTo(AlertState.HELD);
    fixture.hub.clock.set(Instant.parse("2026-06-21T00:00:00Z"));
    fixture.consents.round();
    assertThat(fixture.state(live)).isEqualTo(AlertState.HELD);
    assertThat(fixture.stopOf(live).state()).isEqualTo(AlertState.DRAFT);
  }

  @Test
  void aConsentForTheNetworkAloneHoldsOnlyWhatGoesThere() {
    CaseId about = fixture.activeCase();
    Alert inside = fixture.released(fixture.created(about, draft()).id());
    Alert network =
        fixture.released(
            fixture
                .created(about, draft("Ask", Set.of(Circle.CORRESPONDENT, Circle.NETWORK)))
                .id());
    fixture.consents.revoke(
        about,
        fixture.consentFor(about, ConsentScope.NETWORK_ALERT),
        "The family asked",
        fixture.officer,
        fixture.words);
    assertThat(fixture.state(inside)).isNotEqualTo(AlertState.HELD);
    assertThat(fixture.state(network)).isEqualTo(AlertState.HELD);
  }

  @Test
  void onePersonHoldsAndTwoLetItGoOnToBeReleasedAgain() {
    fixture.correspondents(2);
    Alert alert = fixture.scheduled();
    assertThat(alerts.hold(alert.id(), fixture.anybody).state()).isEqualTo(AlertState.HELD);
    fixture.engine.snapshot();
    fixture.engine.start();
    fixture.launch(AlertFixture.LAST_LOOK);
    assertThat(fixture.state(alert)).isEqualTo(AlertState.HELD);
    assertThat(alerts.resume(alert.id(), fixture.officer).state()).isEqualTo(AlertState.HELD);
    assertThatThrownBy(() -> alerts.resume(alert.id(), fixture.officer))
        .satisfies(code("second_person_needed"));
    assertThat(alerts.resume(alert.id(), fixture.approver).state()).isEqualTo(AlertState.APPROVED);
    fixture.launch(AlertFixture.LAST_LOOK);
    assertThat(fixture.email(alert).sent()).isZero();
    ReleasedAlert again =
        alerts.release(alert.id(), fixture.releaser, Optional.empty(), Optional.of(Duration.ZERO));
    assertThat(fixture.engine.completed(fixture.email(again.alert()).id()).sent()).isEqualTo(2);
    assertThat(fixture.state(alert)).isEqualTo(AlertState.ACTIVE);
  }

  @Test
  void whatWasHeldInItsLastLookLeavesNoSoonerThanWasSaidTheFirstTime() {
    Alert alert = fixture.scheduled();
    Instant first = alert.notBefore().orElseThrow();
    alerts.hold(alert.id(), fixture.anybody);
    alerts.resume(alert.id(), fixture.officer);
    alerts.resume(alert.id(), fixture.approver);
    ReleasedAlert again =
        alerts.release(alert.id(), fixture.releaser, Optional.empty(), Optional.of(Duration.ZERO));
    assertThat(again.at()).isEqualTo(first);
    assertThat(again.alert().state()).isEqualTo(AlertState.SCHEDULED);
  }

  @Test
  void whatWasHeldForDaysIsStillTriedForAsLongAsItWouldHaveBeen() {
    fixture.correspondents(2);
    Alert alert = fixture.scheduled();
    alerts.hold(alert.id(), fixture.anybody);
    // The engine goes by the database's clock, for which the test's June is long over.
    alerts.resume(alert.id(), fixture.officer);
    alerts.resume(alert.id(), fixture.approver);
    fixture.hub.clock.advance(Duration.ofDays(4));
    ReleasedAlert again =
        alerts.release(alert.id(), fixture.releaser, Optional.empty(), Optional.of(Duration.ZERO));
    fixture.engine.start();
    assertThat(fixture.engine.completed(fixture.email(again.alert()).id()).sent()).isEqualTo(2);
    assertThat(
            fixture.hub.hub.<Boolean>get(
                "SELECT expires_at > clock_timestamp() + interval '2 days' AS alive FROM"
                    + " engine.broadcast WHERE id = $1",
                row -> row.getBoolean("alive"),
                fixture.email(alert).id().value()))
        .isTrue();
  }

  @Test
  void anUpdateTakesThePlaceOfWhatIsUnsentOfTheEarlierMessage() {
    fixture.correspondents(3);
    Alert first = fixture.released(fixture.created().id());
    assertThatThrownBy(
            () -> alerts.edit(first.id(), first.version(), draft(), fixture.officer, fixture.words))
        .satisfies(code("already_released"));
    Alert update = alerts.update(first.id(), draft(), fixture.officer, fixture.words);
    assertThat(update.no()).isEqualTo(1);
    assertThat(update.type()).isEqualTo(AlertType.UPDATE);
    assertThatThrownBy(() -> alerts.update(first.id(), draft(), fixture.officer, fixture.words))
        .satisfies(code("update_open"));
    Alert released = fixture.released(update.id());
    assertThat(fixture.email(first).withheld()).isEqualTo(3);
    fixture.engine.start();
    assertThat(fixture.engine.completed(fixture.email(released).id()).sent()).isEqualTo(3);
  }

  @Test
  void nothingIsUpdatedThatWasNeverSent() {
    Alert alert = fixture.created();
    assertThatThrownBy(() -> alerts.update(alert.id(), draft(), fixture.officer, fixture.words))
        .satisfies(code("nothing_to_update"));
  }

  @Test
  void afterTheActByDateItHasExpiredAndNothingIsReleasedAnyMore() {
    fixture.correspondents(1);
    Alert live = fixture.released(fixture.created().id());
    Alert late = fixture.created();
    fixture.approved(late.id());
    fixture.engine.start();
    fixture.engine.completed(fixture.email(live).id());
    // The night in which Europe's clocks stay and the date changes in UTC.
    fixture.hub.clock.set(Instant.parse("2026-07-01T23:59:59Z"));
    assertThat(fixture.state(live)).isEqualTo(AlertState.ACTIVE);
    fixture.hub.clock.set(Instant.parse("2026-07-02T00:00:00Z"));
    assertThat(fixture.state(live)).isEqualTo(AlertState.EXPIRED);
    assertThatThrownBy(
            () -> alerts.release(late.id(), fixture.releaser, Optional.empty(), Optional.empty()))
        .satisfies(code("act_by_passed"));
  }

  @Test
  void theLastLookMustNotOutlastTheActByDate() {
    Alert alert = fixture.created();
    fixture.approved(alert.id());
    assertThatThrownBy(
            () ->
                alerts.release(
                    alert.id(),
                    fixture.releaser,
                    Optional.of(Instant.parse("2026-07-02T08:00:00Z")),
                    Optional.empty()))
        .satisfies(code("act_by_passed"));
  }

  @Test
  void practiceReachesTheDrillCircleWhateverIsAskedFor() {
    fixture.correspondents(2);
    fixture.member(Circle.DRILL, "drill@hub.example");
    Alert exercise =
        alerts.create(
            Optional.empty(),
            Mode.EXERCISE,
            draft("Practise", Set.of(Circle.CORRESPONDENT, Circle.NETWORK)),
            fixture.officer,
            fixture.words);
    Alert released = fixture.released(exercise.id());
    fixture.engine.start();
    Progress sent = fixture.engine.completed(fixture.email(released).id());
    assertThat(sent.total()).isEqualTo(1);
    assertThat(fixture.letterTo("drill@hub.example")).contains("This is an exercise");
  }

  @Test
  void theDatabaseItselfKeepsPracticeInTheHouse() {
    Alert alert = fixture.created();
    Alert approved = fixture.approved(alert.id());
    assertThatThrownBy(
            () ->
                fixture.hub.hub.run(
                    """
                    INSERT INTO release.release
                      (approval, subject, content_hash, audience, channels, not_before, mode, released_by, at)
                    SELECT id, subject, content_hash, '{"email": {"selection": {"circles": ["correspondent"]}}}',
                      '{email}', now(), 'EXERCISE', $2, now() FROM release.approval WHERE id = $1
                    """,
                    approved.approval().orElseThrow().value(),
                    fixture.releaser.value()))
        .hasMessageContaining("practice_stays_in_house");
  }

  @Test
  void oneAloneCanSendInLaneZeroOnlyToWhomARelaseReached() {
    assertThatThrownBy(
            () ->
                fixture.hub.hub.run(
                    """
                    INSERT INTO engine.broadcast (channel, lane, kind, title, audience, selection, in_doubt_policy,
                      not_before, expires_at)
                    VALUES ('email', 0, 'alert.stopped', 'x', 'correspondents', '{"circles": ["correspondent"]}',
                      'LIST', now(), now())
                    """))
        .hasMessageContaining("two_people_released_it");
  }

  @Test
  void everyWrongFieldIsNamedAtOnce() {
    AlertDraft good = draft();
    AlertDraft bad =
        new AlertDraft(
            AlertKind.ACTION,
            Urgency.UNKNOWN,
            Severity.UNKNOWN,
            Certainty.UNKNOWN,
            Set.of(Circle.VOLUNTEER),
            true,
            Optional.of(LocalDate.of(2026, 6, 14)),
            new AlertText("two\nlines", "", "", "\u0000", "", "", "", "", "", ""),
            List.of(new Target("", "", "", "nobody", "", "en", "")),
            List.of(
                new ModelLetter("en", "", "Dear {{nmae}}"),
                new ModelLetter("en", "", ""),
                new ModelLetter("no such language", "", "x")));
    assertThatThrownBy(
            () ->
                alerts.create(
                    Optional.of(fixture.activeCase()),
                    Mode.ACTUAL,
                    bad,
                    fixture.officer,
                    fixture.words))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.fields())
                    .extracting(field -> field.name())
                    .contains(
                        "ask",
                        "happened",
                        "actions",
                        "dos",
                        "circles",
                        "act_by",
                        "targets",
                        "letters"));
    assertThat(alerts.list(fixture.officer, Long.MAX_VALUE, 10)).isEmpty();
    assertThat(AlertJson.draft(AlertJson.of(good))).isEqualTo(good);
  }

  @Test
  void onlyTheTeamOfTheCaseWrites() {
    CaseId about = fixture.activeCase();
    assertThatThrownBy(
            () ->
                alerts.create(
                    Optional.of(about),
                    Mode.ACTUAL,
                    draft(),
                    fixture.casework.outsider.id(),
                    fixture.words))
        .satisfies(code("not_on_team"));
  }

  @Test
  void aConfidentialFilingIsNotToldOfHoweverItIsPut() {
    fixture.unspeakable.add("104 EX/Decision 3.3");
    Alert alert =
        fixture.created(
            fixture.activeCase(),
            draft("We wrote under 104 EX / Decision 3.3", Set.of(Circle.CORRESPONDENT)));
    assertThatThrownBy(() -> alerts.submit(alert.id(), fixture.officer, fixture.words))
        .satisfies(code("confidential_filing"));
    assertThat(fixture.state(alert)).isEqualTo(AlertState.DRAFT);
  }

  @Test
  void twoReleasesAtOnceMakeOne() {
    Alert alert = fixture.created();
    fixture.approved(alert.id());
    List<Boolean> outcomes =
        List.of(1, 2).parallelStream()
            .map(
                anyhow -> {
                  try {
                    alerts.release(
                        alert.id(), fixture.releaser, Optional.empty(), Optional.empty());
                    return true;
                  } catch (Conflict refused) {
                    assertThat(refused.code()).isEqualTo("already_released");
                    return false;
                  }
                })
            .toList();
    assertThat(outcomes).containsExactlyInAnyOrder(true, false);
    assertThat(alerts.sendings(alert.chain().id())).hasSize(1);
  }
}
