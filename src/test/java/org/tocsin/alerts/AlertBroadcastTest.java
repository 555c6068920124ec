package org.tocsin.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Refusals.code;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.StaffId;
import org.tocsin.access.StaffMember;
import org.tocsin.audit.AuditEntry;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.BroadcastVerb;
import org.tocsin.broadcasts.Controls;
import org.tocsin.broadcasts.Progress;
import org.tocsin.channels.Outcome;
import org.tocsin.platform.errors.HubException;

/**
 * I23: only an alert's own rules end or pause its sends, and no success is inferred from silence.
 */
class AlertBroadcastTest {
  private static final Outcome REFUSED =
      new Outcome.Refused("550 5.1.1", "nobody here", Outcome.Reason.POLICY);

  private final AlertFixture fixture = new AlertFixture();
  private final Alerts alerts = fixture.alerts;
  private final Controls controls =
      new Controls(
          fixture.hub.hub,
          fixture.engine.broadcasts,
          fixture.engine.standstill,
          List.of(alerts.broadcastOwner()));

  @AfterEach
  void close() {
    fixture.close();
  }

  private static StaffMember as(StaffId id, Role... roles) {
    return new StaffMember(id, "x@tocsin.example", "X", Set.of(roles), false);
  }

  private Alert released() {
    return fixture.released(fixture.created().id());
  }

  /** All got it. */
  private Alert sent() {
    Alert alert = released();
    fixture.engine.start();
    fixture.engine.completed(fixture.email(alert).id());
    return alert;
  }

  private Alert done(Alert alert, Runnable what) {
    what.run();
    return alert;
  }

  /** "ok", or the code of the refusal. */
  private String asked(BroadcastId id, BroadcastVerb verb, StaffMember by) {
    try {
      controls.perform(id, verb, by);
      return "ok";
    } catch (HubException refused) {
      return refused.code();
    }
  }

  @Test
  void noVerbGoesRoundTheAlertInAnyOfItsStates() {
    fixture.correspondents(3);
    Map<AlertState, Supplier<Alert>> states =
        Map.of(
            AlertState.SCHEDULED,
            fixture::scheduled,
            AlertState.RELEASING,
            this::released,
            AlertState.ACTIVE,
            this::sent,
            AlertState.HELD,
            () -> {
              Alert alert = released();
              return done(alert, () -> alerts.hold(alert.id(), fixture.anybody));
            },
            AlertState.STOPPED,
            () -> {
              Alert alert = released();
              return done(alert, () -> alerts.stop(alert.id(), StopReason.ERROR, fixture.anybody));
            },
            AlertState.CLOSED,
            () -> {
              Alert alert = sent();
              return done(
                  alert, () -> alerts.close(alert.id(), "Free", fixture.officer, fixture.words));
            });
    StaffMember releaser = as(fixture.releaser, Role.RELEASE_OFFICER);
    states.forEach(
        (state, made) -> {
          for (BroadcastVerb verb : BroadcastVerb.values()) {
            Alert alert = made.get();
            assertThat(fixture.state(alert)).as("made").isEqualTo(state);
            boolean out = state == AlertState.RELEASING || state == AlertState.ACTIVE;
            String expected =
                switch (verb) {
                  case CANCEL -> "stop_instead";
                  case RESUME -> "resume_by_two";
                  case PAUSE ->
                      state == AlertState.STOPPED || state == AlertState.CLOSED
                          ? "nothing_to_hold"
                          : "ok";
                  // Nobody failed.
                  case RETRY_FAILED -> out ? "not_retried" : "alert_not_out";
                  case RESEND_IN_DOUBT -> out ? "not_resent" : "alert_not_out";
                };
            assertThat(asked(fixture.email(alert).id(), verb, releaser))
                .as("%s of one that is %s", verb, state)
                .isEqualTo(expected);
            assertThat(fixture.state(alert))
                .as("%s of one that was %s", verb, state)
                .isEqualTo(expected.equals("ok") ? AlertState.HELD : state);
            assertThat(fixture.email(alert).cancelled()).isZero();
          }
        });
  }

  @Test
  void whoeverPausesAnAlertsLettersHoldsItOnAllItsWaysAndIsWrittenDown() {
    fixture.correspondents(3);
    Alert alert = released();
    controls.perform(
        fixture.email(alert).id(), BroadcastVerb.PAUSE, as(fixture.anybody, Role.AUDITOR));
    Alert held = alerts.get(alert.id());
    assertThat(held.held().flatMap(Alert.Held::by)).hasValue(fixture.anybody);
    assertThat(fixture.hub.audit.latest(alert.id().subject(), Long.MAX_VALUE, 1))
        .extracting(AuditEntry::action)
        .containsExactly("alert.held");
    assertThat(fixture.email(alert).state()).isEqualTo(Progress.State.PAUSED);
  }

  @Test
  void onlyWhoMayReleaseAlertsHasThemTriedAgain() {
    fixture.correspondents(1);
    BroadcastId id = fixture.email(sent()).id();
    for (Role role : EnumSet.complementOf(EnumSet.of(Role.RELEASE_OFFICER))) {
      assertThat(asked(id, BroadcastVerb.RETRY_FAILED, as(fixture.anybody, role)))
          .as(role.word())
          .isEqualTo("role_missing");
    }
  }

  @Test
  void whatBelongsToNobodyTakesNoVerb() {
    fixture.correspondents(1);
    BroadcastId id = fixture.email(released()).id();
    Controls knowsNobody =
        new Controls(
            fixture.hub.hub, fixture.engine.broadcasts, fixture.engine.standstill, List.of());
    StaffMember releaser = as(fixture.releaser, Role.RELEASE_OFFICER);
    for (BroadcastVerb verb : BroadcastVerb.values()) {
      assertThatThrownBy(() -> knowsNobody.perform(id, verb, releaser))
          .satisfies(code("owner_unknown"));
      assertThat(knowsNobody.offers(fixture.engine.progress(id), verb, releaser)).isFalse();
    }
  }

  private void refuseAll() {
    fixture.engine.channel.answer = address -> Future.succeededFuture(REFUSED);
  }

  private List<AlertId> strandedFor(StaffId who, Role role) {
    return alerts.stranded(as(who, role)).stream().map(Alert::id).toList();
  }

  @Test
  void anAlertWhoseLettersAllFailedIsHeldAndStandsBeforeWhoReleasedIt() {
    fixture.correspondents(3);
    refuseAll();
    Alert alert = sent();
    assertThat(fixture.email(alert).failed()).isEqualTo(3);
    assertThat(fixture.state(alert)).isNotEqualTo(AlertState.ACTIVE);
    fixture.launch(Duration.ZERO);
    Alert held = alerts.get(alert.id());
    assertThat(held.state()).isEqualTo(AlertState.HELD);
    assertThat(held.held().map(Alert.Held::why)).hasValue(Alert.Why.UNSENT);
    assertThat(strandedFor(fixture.releaser, Role.AUDITOR)).containsExactly(alert.id());
    assertThat(strandedFor(fixture.anybody, Role.RELEASE_OFFICER)).containsExactly(alert.id());
    assertThat(strandedFor(fixture.anybody, Role.AUDITOR)).isEmpty();

    fixture.engine.channel.answer = address -> Future.succeededFuture(new Outcome.Accepted("250"));
    again(alert);
    fixture.engine.completed(fixture.email(alert).id());
    assertThat(fixture.email(alert).sent()).isEqualTo(3);
    fixture.launch(Duration.ZERO);
    assertThat(fixture.state(alert)).isEqualTo(AlertState.ACTIVE);
    assertThat(strandedFor(fixture.releaser, Role.RELEASE_OFFICER)).isEmpty();
  }

  /** Two let it go on, and it is released again. */
  private void again(Alert alert) {
    alerts.resume(alert.id(), fixture.officer);
    alerts.resume(alert.id(), fixture.approver);
    alerts.release(alert.id(), fixture.releaser, Optional.empty(), Optional.of(Duration.ZERO));
  }

  @Test
  void anAlertToNobodyWasNotSentAndGoesToWhoIsThereTheNextTime() {
    Alert alert = sent();
    fixture.launch(Duration.ZERO);
    assertThat(fixture.state(alert)).isEqualTo(AlertState.HELD);
    fixture.correspondents(2);
    again(alert);
    fixture.engine.snapshot();
    fixture.engine.completed(fixture.email(alert).id());
    assertThat(fixture.email(alert).sent()).isEqualTo(2);
    assertThat(fixture.state(alert)).isEqualTo(AlertState.ACTIVE);
  }

  @Test
  void aSupersededMessageIsNotReleasedOnceMore() {
    fixture.correspondents(1);
    Alert alert = sent();
    Alert update = alerts.update(alert.id(), AlertFixture.draft(), fixture.officer, fixture.words);
    fixture.released(update.id());
    alerts.hold(alert.id(), fixture.anybody);
    assertThatThrownBy(() -> again(alert)).satisfies(code("superseded"));
    assertThat(fixture.email(update).state()).isNotEqualTo(Progress.State.STOPPED);
  }

  @Test
  void holdingEverythingHoldsWhatIsNotOutAndItsEndGivesBackExactlyThat() {
    fixture.correspondents(3);
    Alert out = sent();
    Alert scheduled = fixture.scheduled();
    Alert held = fixture.scheduled();
    alerts.hold(held.id(), fixture.officer);
    fixture.engine.channel.answer =
        address -> Future.succeededFuture(new Outcome.Deferred("451", "later", Optional.empty()));
    Alert releasing = released();
    fixture.engine.standstill.begin(fixture.anybody);
    assertThat(
            List.of(out, scheduled, held, releasing).stream()
                .map(fixture::state)
                .collect(Collectors.toList()))
        .containsExactly(AlertState.ACTIVE, AlertState.HELD, AlertState.HELD, AlertState.HELD);
    assertThat(fixture.email(releasing).state()).isEqualTo(Progress.State.PAUSED);
    Alert approved = fixture.approved(fixture.created().id());
    assertThatThrownBy(
            () ->
                alerts.release(
                    approved.id(), fixture.releaser, Optional.empty(), Optional.of(Duration.ZERO)))
        .satisfies(code("everything_held"));
    assertThatThrownBy(() -> alerts.resume(releasing.id(), fixture.officer))
        .satisfies(code("everything_held"));
    fixture.launch(AlertFixture.LAST_LOOK);
    assertThat(alerts.get(scheduled.id()).letGoAt()).as("its last look is over").isEmpty();

    fixture.engine.standstill.end(fixture.releaser);
    assertThat(fixture.engine.standstill.end(fixture.approver)).isEmpty();
    assertThat(fixture.state(scheduled)).isEqualTo(AlertState.SCHEDULED);
    assertThat(fixture.state(releasing)).isEqualTo(AlertState.RELEASING);
    assertThat(fixture.state(held)).isEqualTo(AlertState.HELD);
    fixture.launch(Duration.ZERO);
    assertThat(fixture.state(scheduled)).isEqualTo(AlertState.RELEASING);
    assertThat(fixture.state(held)).isEqualTo(AlertState.HELD);
  }

  @Test
  void whatIsHeldForItselfWhileEverythingIsStaysHeld() {
    fixture.correspondents(1);
    Alert alert = fixture.scheduled();
    fixture.engine.standstill.begin(fixture.anybody);
    alerts.hold(alert.id(), fixture.officer);
    fixture.engine.standstill.end(fixture.releaser);
    fixture.engine.standstill.end(fixture.approver);
    assertThat(alerts.get(alert.id()).held().map(Alert.Held::why)).hasValue(Alert.Why.STAFF);
    fixture.launch(AlertFixture.LAST_LOOK);
    assertThat(fixture.state(alert)).isEqualTo(AlertState.HELD);
  }

  @Test
  void aStopGoesOutWhileEverythingIsOnHold() {
    fixture.correspondents(3);
    Alert alert = sent();
    fixture.engine.standstill.begin(fixture.anybody);
    alerts.stop(alert.id(), StopReason.ERROR, fixture.anybody);
    fixture.engine.snapshot();
    assertThat(fixture.engine.completed(fixture.stopMail(alert).id()).sent()).isEqualTo(3);
  }
}
