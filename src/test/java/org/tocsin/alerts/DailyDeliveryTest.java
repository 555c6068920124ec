package org.tocsin.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.Delivery;
import org.tocsin.broadcasts.Progress;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.MemberChoices;
import org.tocsin.correspondents.MemberId;

/** Who wants mail once a day gets what is not urgent at the daily hour, 07:00, and not before. */
class DailyDeliveryTest {
  private static final String DAILY = "daily@academy.example";
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 15);

  private final AlertFixture fixture = new AlertFixture();
  private final MemberId atOnce = fixture.member(Circle.CORRESPONDENT, "now@academy.example");
  private final MemberId daily = fixture.member(Circle.CORRESPONDENT, DAILY);

  DailyDeliveryTest() {
    new MemberChoices(fixture.hub.hub, fixture.memberVault, fixture.hub.audit)
        .set(
            daily,
            MemberChoices.read(true, "", "", fixture.hub.clock.instant(), fixture.words),
            "en",
            List.of());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static AlertDraft draft(Urgency urgency, Optional<LocalDate> actBy) {
    AlertDraft draft = AlertFixture.draft();
    return new AlertDraft(
        draft.kind(),
        urgency,
        draft.severity(),
        draft.certainty(),
        draft.circles(),
        draft.webhook(),
        actBy,
        draft.text(),
        draft.targets(),
        draft.letters());
  }

  private Alert released(Urgency urgency, Optional<LocalDate> actBy) {
    Alert alert =
        fixture.released(fixture.created(fixture.activeCase(), draft(urgency, actBy)).id());
    fixture.engine.start();
    return alert;
  }

  /** Released at nine; one has it, and the other waits. */
  private Alert waiting() {
    Alert alert = released(Urgency.EXPECTED, Optional.of(TODAY.plusDays(10)));
    eventually("one has it", () -> fixture.email(alert).sent() == 1);
    assertWaits(alert);
    return alert;
  }

  private void assertWaits(Alert alert) {
    Progress now = fixture.email(alert);
    assertThat(List.of(now.total(), now.sent(), now.pending())).containsExactly(2, 1, 1);
    assertThat(now.state()).isEqualTo(Progress.State.RUNNING);
    assertThat(fixture.state(alert)).isEqualTo(AlertState.RELEASING);
    assertThat(deliveries(alert, "WAITING"))
        .extracting(Delivery::target)
        .containsExactly(daily.value());
  }

  private List<Delivery> deliveries(Alert alert, String state) {
    return fixture.engine.broadcasts.deliveries(
        fixture.email(alert).id(), 0, 0, 100, Optional.of(state));
  }

  private void sevenTheNextMorning() {
    fixture.hub.clock.set(Instant.parse("2026-06-16T07:00:00Z"));
    fixture.engine.makeRetriesDue();
  }

  @Test
  void whatIsNotUrgentWaitsForTheHourAndThenLeaves() {
    Alert alert = waiting();
    Duration wait =
        fixture.hub.hub.get(
            "SELECT extract(epoch FROM due_at - clock_timestamp())::bigint AS s FROM engine.retry",
            row -> Duration.ofSeconds(row.getLong("s")));
    assertThat(wait).isBetween(Duration.ofHours(22).minusMinutes(10), Duration.ofHours(22));
    sevenTheNextMorning();
    assertThat(fixture.engine.completed(fixture.email(alert).id()).sent()).isEqualTo(2);
    assertThat(fixture.engine.channel.arrived).hasSize(2).containsEntry(DAILY, 1);
    assertThat(fixture.state(alert)).isEqualTo(AlertState.ACTIVE);
  }

  @Test
  void whatIsUrgentGoesAtOnce() {
    Alert alert = released(Urgency.IMMEDIATE, Optional.of(TODAY.plusDays(10)));
    assertThat(fixture.engine.completed(fixture.email(alert).id()).sent()).isEqualTo(2);
  }

  @Test
  void whatMustBeDoneBeforeTheHourGoesAtOnceAndWhatNeedNotWaits() {
    Alert today = released(Urgency.EXPECTED, Optional.of(TODAY));
    assertThat(fixture.engine.completed(fixture.email(today).id()).sent()).isEqualTo(2);
    Alert tomorrow =
        fixture.released(
            fixture
                .created(
                    fixture.activeCase(), draft(Urgency.FUTURE, Optional.of(TODAY.plusDays(1))))
                .id());
    eventually("one has it", () -> fixture.email(tomorrow).sent() == 1);
    assertWaits(tomorrow);
    Alert someDay =
        fixture.released(
            fixture.created(fixture.activeCase(), draft(Urgency.UNKNOWN, Optional.empty())).id());
    eventually("one has it", () -> fixture.email(someDay).sent() == 1);
    assertWaits(someDay);
  }

  @Test
  void aStopWithholdsItFromThemAndDoesNotTellThem() {
    Alert alert = waiting();
    fixture.alerts.stop(alert.id(), StopReason.FAMILY_OR_LAWYER_ASKED, fixture.anybody);
    fixture.engine.snapshot();
    Progress told = fixture.engine.completed(fixture.stopMail(alert).id());
    assertThat(fixture.sentTo(told)).containsExactly(atOnce.value());
    assertThat(told.total()).isOne();
    Progress stopped = fixture.email(alert);
    assertThat(List.of(stopped.sent(), stopped.withheld(), stopped.pending()))
        .containsExactly(1, 1, 0);
    sevenTheNextMorning();
    assertThat(fixture.engine.channel.arrived).doesNotContainKey(DAILY);
  }

  @Test
  void aStopItselfWaitsForNobody() {
    Alert alert = waiting();
    sevenTheNextMorning();
    fixture.engine.completed(fixture.email(alert).id());
    fixture.hub.clock.advance(Duration.ofHours(2));
    fixture.alerts.stop(alert.id(), StopReason.ERROR, fixture.anybody);
    fixture.engine.snapshot();
    assertThat(fixture.engine.completed(fixture.stopMail(alert).id()).sent()).isEqualTo(2);
  }

  @Test
  void anUpdateTakesThePlaceOfWhatStillWaits() {
    Alert alert = waiting();
    Alert update =
        fixture.alerts.update(
            alert.id(),
            draft(Urgency.EXPECTED, Optional.of(TODAY.plusDays(10))),
            fixture.officer,
            fixture.words);
    fixture.released(update.id());
    eventually("one has the update", () -> fixture.email(update).sent() == 1);
    assertThat(fixture.email(alert).withheld()).isOne();
    sevenTheNextMorning();
    assertThat(fixture.engine.completed(fixture.email(update).id()).sent()).isEqualTo(2);
    assertThat(fixture.engine.channel.arrived).containsEntry(DAILY, 1);
  }

  @Test
  void whoIsNoMemberAnyMoreAtTheHourIsNotWrittenTo() {
    Alert alert = waiting();
    fixture.members.end("staff:1", daily);
    sevenTheNextMorning();
    Progress done = fixture.engine.completed(fixture.email(alert).id());
    assertThat(List.of(done.sent(), done.suppressed(), done.pending())).containsExactly(1, 1, 0);
    assertThat(deliveries(alert, "SUPPRESSED")).extracting(Delivery::code).containsExactly("ended");
  }

  @Test
  void aHeldOneWaitsOnAndLeavesOnceItIsLetGo() {
    Alert alert = waiting();
    fixture.alerts.hold(alert.id(), fixture.anybody);
    sevenTheNextMorning();
    assertThat(fixture.email(alert).pending()).isOne();
    assertThat(fixture.engine.channel.arrived).doesNotContainKey(DAILY);
  }

  @Test
  void whatIsReleasedAtTheHourItselfGoesAtOnce() {
    fixture.hub.clock.set(Instant.parse("2026-06-16T07:00:00Z"));
    Alert alert = released(Urgency.EXPECTED, Optional.empty());
    assertThat(fixture.engine.completed(fixture.email(alert).id()).sent()).isEqualTo(2);
  }

  @Test
  void theSelectionTellsNothingOfTheDayToActBy() {
    String one =
        fixture
            .selections
            .notUrgent(fixture.selections.of(Set.of(Circle.CORRESPONDENT)), Optional.of(TODAY))
            .encode();
    String none =
        fixture
            .selections
            .notUrgent(fixture.selections.of(Set.of(Circle.CORRESPONDENT)), Optional.empty())
            .encode();
    assertThat(one).doesNotContain("2026").hasSameSizeAs(none);
  }
}
