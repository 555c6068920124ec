package org.tocsin.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.alerts.AlertFixture.draft;
import static org.tocsin.testing.Refusals.code;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.alerts.Reading.Standing;
import org.tocsin.cases.CaseId;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.Member;
import org.tocsin.correspondents.MemberChoices;
import org.tocsin.correspondents.Wishes;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.release.ReleaseOrder.Mode;
import org.tocsin.testing.StolenCopy;

/** What a member behind the portal's door reads, and what they report. */
class ReadingsTest {
  private final AlertFixture fixture = new AlertFixture();
  private final Readings readings =
      new Readings(
          fixture.hub.hub, fixture.hub.keyring.sealer(), fixture.hub.clock, fixture.hub.audit);

  @AfterEach
  void close() {
    fixture.close();
  }

  private Member member(Circle circle, String email) {
    return fixture.members.look(fixture.member(circle, email)).member();
  }

  private Reading only(Member member) {
    assertThat(readings.of(member)).hasSize(1);
    return readings.of(member).getFirst();
  }

  @Test
  void aMemberReadsWhatWasApprovedForTheirCircleAndNobodyElseDoes() {
    Member correspondent = member(Circle.CORRESPONDENT, "c@academy.example");
    Member contact = member(Circle.NETWORK, "n@academy.example");
    Member volunteer = member(Circle.VOLUNTEER, "v@clinic.example");
    Member drill = member(Circle.DRILL, "d@hub.example");
    fixture.scheduled(fixture.created().id());
    assertThat(readings.of(correspondent)).isEmpty();
    fixture.launch(AlertFixture.LAST_LOOK);
    Reading reading = only(correspondent);
    assertThat(reading.standing()).isEqualTo(Standing.OPEN);
    assertThat(reading.asks()).isTrue();
    assertThat(reading.latest().orElseThrow().message().draft().text().ask())
        .isEqualTo("Ask for a fair trial");
    assertThat(readings.of(contact)).isEmpty();
    assertThat(readings.of(volunteer)).isEmpty();
    assertThat(readings.of(drill)).isEmpty();
    assertThatThrownBy(() -> readings.get(contact, reading.reference()))
        .satisfies(code("not_found"));
  }

  @Test
  void theLatestWordComesFirstAndAStopSilencesAllOfThem() {
    Member member = member(Circle.CORRESPONDENT, "c@academy.example");
    Alert first = fixture.released(fixture.created().id());
    Alert update =
        fixture.released(
            fixture
                .alerts
                .update(
                    first.id(),
                    draft("Ask for his release", Set.of(Circle.CORRESPONDENT)),
                    fixture.officer,
                    fixture.words)
                .id());
    assertThat(only(member).versions())
        .extracting(version -> version.message().draft().text().ask())
        .containsExactly("Ask for his release", "Ask for a fair trial");
    fixture.alerts.hold(update.id(), fixture.anybody);
    assertThat(only(member).standing()).isEqualTo(Standing.HELD);
    assertThat(only(member).versions()).isEmpty();
    fixture.alerts.stop(first.id(), StopReason.APPEALS_HARMFUL, fixture.anybody);
    assertThat(only(member).standing()).isEqualTo(Standing.STOPPED);
    assertThat(only(member).versions()).isEmpty();
    assertThat(only(member).asks()).isFalse();
  }

  @Test
  void whatIsStillBeingSentWhenItsDayIsOverAsksForNothing() {
    Member member = member(Circle.CORRESPONDENT, "c@academy.example");
    Alert alert = fixture.released(fixture.created().id());
    fixture.hub.clock.advance(Duration.ofDays(16));
    assertThat(only(member).standing()).isEqualTo(Standing.OPEN);
    fixture.hub.clock.advance(Duration.ofDays(1));
    assertThat(fixture.state(alert)).isEqualTo(AlertState.RELEASING);
    assertThat(only(member).standing()).isEqualTo(Standing.EXPIRED);
    assertThat(only(member).asks()).isFalse();
  }

  @Test
  void whatWasHeldAndIsAboutToGoOnDoesNotBringTheEarlierWordBack() {
    Member member = member(Circle.CORRESPONDENT, "c@academy.example");
    Alert first = fixture.released(fixture.created().id());
    Alert update =
        fixture.released(
            fixture.alerts.update(first.id(), draft(), fixture.officer, fixture.words).id());
    fixture.alerts.hold(update.id(), fixture.anybody);
    fixture.alerts.resume(update.id(), fixture.officer);
    fixture.alerts.resume(update.id(), fixture.approver);
    assertThat(only(member).versions()).isEmpty();
    fixture.alerts.release(
        update.id(), fixture.releaser, Optional.empty(), Optional.of(Duration.ofMinutes(5)));
    assertThat(only(member).versions()).isEmpty();
    fixture.launch(Duration.ofMinutes(5));
    assertThat(only(member).versions()).hasSize(2);
  }

  @Test
  void whereTheLatestWordIsNotForThemTheEarlierIsNotShownAsIfItWere() {
    Member contact = member(Circle.NETWORK, "n@academy.example");
    CaseId about = fixture.activeCase();
    Alert first =
        fixture.released(
            fixture
                .created(about, draft("Ask", Set.of(Circle.CORRESPONDENT, Circle.NETWORK)))
                .id());
    assertThat(only(contact).versions()).hasSize(1);
    fixture.released(
        fixture.alerts.update(first.id(), draft(), fixture.officer, fixture.words).id());
    assertThat(only(contact).standing()).isEqualTo(Standing.HELD);
    assertThat(only(contact).versions()).isEmpty();
  }

  @Test
  void whoRefusedACountryReadsNothingOfItButItsStop() {
    Member member = member(Circle.CORRESPONDENT, "c@academy.example");
    Alert alert = fixture.released(fixture.created().id());
    new MemberChoices(fixture.hub.hub, fixture.memberVault, fixture.hub.audit)
        .set(
            member.id(),
            new Wishes(Wishes.Frequency.IMMEDIATE, Set.of("XN"), Optional.empty()),
            "en",
            List.of());
    Member refusing = fixture.members.look(member.id()).member();
    assertThat(readings.of(refusing)).isEmpty();
    fixture.alerts.stop(alert.id(), StopReason.ERROR, fixture.anybody);
    assertThat(only(refusing).standing()).isEqualTo(Standing.STOPPED);
  }

  @Test
  void practiceIsReadByThoseWhoPractiseOnly() {
    Member correspondent = member(Circle.CORRESPONDENT, "c@academy.example");
    Member drill = member(Circle.DRILL, "d@hub.example");
    Alert exercise =
        fixture.alerts.create(
            Optional.empty(), Mode.EXERCISE, draft(), fixture.officer, fixture.words);
    fixture.released(exercise.id());
    assertThat(readings.of(correspondent)).isEmpty();
    assertThat(only(drill).latest().orElseThrow().message().mode()).isEqualTo(Mode.EXERCISE);
  }

  @Test
  void whatAMemberDidIsKeptForTheStaffAndCountedAlsoAfterAStop() {
    Member member = member(Circle.CORRESPONDENT, "c@academy.example");
    Alert alert = fixture.released(fixture.created().id());
    LocalDate today = LocalDate.of(2026, 6, 15);
    ReportDraft wrote =
        new ReportDraft(ActionReport.Way.WROTE, today, "Minister of Justice", "Nothing came back");
    readings.report(member, alert.chain().reference(), wrote, fixture.words);
    fixture.alerts.stop(alert.id(), StopReason.RELEASED, fixture.anybody);
    readings.report(member, alert.chain().reference(), wrote, fixture.words);
    assertThat(readings.counts(alert.chain().id())).containsEntry(ActionReport.Way.WROTE, 2L);
    assertThat(readings.reports(alert.chain().id(), 10).getFirst().reply())
        .isEqualTo("Nothing came back");
    assertThat(readings.own(member, alert.chain().id())).hasSize(2);
    assertThatThrownBy(
            () ->
                readings.report(
                    member,
                    alert.chain().reference(),
                    new ReportDraft(
                        ActionReport.Way.CALLED, today.plusDays(2), "\u0000", "x".repeat(4_001)),
                    fixture.words))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.fields())
                    .extracting(field -> field.name())
                    .containsExactlyInAnyOrder("on", "target", "reply"));
  }

  @Test
  void aStolenCopyShowsNothingOfAnAlert() {
    Member member = member(Circle.CORRESPONDENT, "c@academy.example");
    Alert alert = fixture.released(fixture.created().id());
    readings.report(
        member,
        alert.chain().reference(),
        new ReportDraft(
            ActionReport.Way.MET, LocalDate.of(2026, 6, 15), "The consul", "He listened"),
        fixture.words);
    fixture.alerts.close(alert.id(), "Acquitted", fixture.officer, fixture.words);
    StolenCopy copy = StolenCopy.of(fixture.hub.address);
    for (String secret :
        new String[] {
          "Voren",
          "fair trial",
          "Minister",
          "clean water",
          "consul",
          "listened",
          "Acquitted",
          "courteous",
          "Court Square"
        }) {
      assertThat(copy.shows(secret)).as(secret).isFalse();
    }
  }
}
