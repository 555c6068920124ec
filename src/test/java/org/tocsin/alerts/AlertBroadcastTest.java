package org.tocsin.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Refusals.code;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashMap;
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
import org.tocsin.correspondents.MemberId;
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

  /** How an alert comes to stand so; those first that need an engine that sends nothing yet. */
  private Map<AlertState, Supplier<Alert>> ways() {
    Map<AlertState, Supplier<Alert>> states = new LinkedHashMap<>();
    states.put(AlertState.SCHEDULED, this::scheduledOnAllWays);
    states.put(AlertState.RELEASING, this::releasedOnAllWays);
    states.put(
        AlertState.HELD,
        () -> {
          Alert alert = releasedOnAllWays();
          return done(alert, () -> alerts.hold(alert.id(), fixture.anybody));
        });
    states.put(
        AlertState.STOPPED,
        () -> {
          Alert alert = releasedOnAllWays();
          return done(alert, () -> alerts.stop(alert.id(), StopReason.ERROR, fixture.anybody));
        });
    states.put(AlertState.ACTIVE, this::sentOnAllWays);
    states.put(
        AlertState.CLOSED,
        () -> {
          Alert alert = sentOnAllWays();
          return done(
              alert, () -> alerts.close(alert.id(), "Free", fixture.officer, fixture.words));
        });
    states.put(AlertState.EXPIRED, this::sentOnAllWays);
    return states;
  }

  private Alert scheduledOnAllWays() {
    return fixture.scheduled(
        fixture.created(fixture.activeCase(), AlertFixture.draftForAllWays()).id());
  }

  private Alert sentOnAllWays() {
    Alert alert = releasedOnAllWays();
    fixture.engine.start();
    fixture.engine.completed(fixture.email(alert).id());
    fixture.engine.completed(fixture.webhook(alert).id());
    return alert;
  }

  private static String answer(BroadcastVerb verb, AlertState state, Role role) {
    boolean out = state == AlertState.RELEASING || state == AlertState.ACTIVE;
    boolean over = state == AlertState.STOPPED || state == AlertState.CLOSED;
    return switch (verb) {
      case CANCEL -> "stop_instead";
      case RESUME -> "resume_by_two";
      case PAUSE -> over ? "nothing_to_hold" : "ok";
      case RETRY_FAILED, RESEND_IN_DOUBT ->
          role != Role.RELEASE_OFFICER
              ? "role_missing"
              : !out
                  ? "alert_not_out"
                  // Nobody failed.
                  : verb == BroadcastVerb.RETRY_FAILED ? "not_retried" : "not_resent";
    };
  }

  @Test
  void noVerbGoesRoundTheAlertInAnyOfItsStatesOnAnyOfItsWaysWhoeverAsks() {
    fixture.correspondents(3);
    fixture.endpoint("https://academy.example/hook");
    Map<AlertState, List<Alert>> made = new LinkedHashMap<>();
    for (var way : ways().entrySet()) {
      if (way.getKey() != AlertState.EXPIRED) {
        assertNoVerbGoesRound(way.getKey(), way.getValue());
      } else {
        made.put(way.getKey(), List.of(way.getValue().get(), way.getValue().get()));
      }
    }
    // Their act-by day is over for all of them at once.
    fixture.hub.clock.set(LocalDate.of(2026, 7, 3).atStartOfDay(ZoneOffset.UTC).toInstant());
    made.forEach((state, some) -> assertNoVerbGoesRound(state, some.iterator()::next));
  }

  private void assertNoVerbGoesRound(AlertState state, Supplier<Alert> made) {
    for (String channel : List.of(Sending.EMAIL, Sending.WEBHOOK)) {
      Alert alert = made.get();
      assertThat(fixture.state(alert)).as("made").isEqualTo(state);
      BroadcastId id = fixture.progress(alert, channel).id();
      // To pause it comes last: it alone changes anything.
      for (BroadcastVerb verb : EnumSet.complementOf(EnumSet.of(BroadcastVerb.PAUSE))) {
        for (Role role : Role.values()) {
          assertThat(asked(id, verb, as(fixture.anybody, role)))
              .as("%s by %s of the %s of one that is %s", verb, role, channel, state)
              .isEqualTo(answer(verb, state, role));
        }
      }
      assertThat(fixture.state(alert)).as("whatever was asked").isEqualTo(state);
      String paused = answer(BroadcastVerb.PAUSE, state, Role.AUDITOR);
      for (Role role : Role.values()) {
        assertThat(asked(id, BroadcastVerb.PAUSE, as(fixture.anybody, role)))
            .as("%s pauses the %s of one that is %s", role, channel, state)
            .isEqualTo(paused);
      }
      assertThat(fixture.state(alert))
          .as("paused as %s", state)
          .isEqualTo(paused.equals("ok") ? AlertState.HELD : state);
      assertThat(fixture.email(alert).cancelled() + fixture.webhook(alert).cancelled()).isZero();
    }
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

  /** Let go at once to members and to endpoints. */
  private Alert releasedOnAllWays() {
    return fixture.released(
        fixture.created(fixture.activeCase(), AlertFixture.draftForAllWays()).id());
  }

  private void assertHeldAsUnsent(Alert alert) {
    fixture.launch(Duration.ZERO);
    Alert held = alerts.get(alert.id());
    assertThat(held.state()).isEqualTo(AlertState.HELD);
    assertThat(held.held().map(Alert.Held::why)).hasValue(Alert.Why.UNSENT);
    assertThat(strandedFor(fixture.releaser, Role.AUDITOR)).containsExactly(alert.id());
  }

  @Test
  void anAlertThatAnEndpointTookAndNoMembersServerDidIsHeldAndNotActive() {
    fixture.correspondents(3);
    fixture.endpoint("https://academy.example/hook");
    refuseAll();
    Alert alert = releasedOnAllWays();
    fixture.engine.start();
    assertThat(fixture.engine.completed(fixture.email(alert).id()).failed()).isEqualTo(3);
    assertThat(fixture.engine.completed(fixture.webhook(alert).id()).sent()).isOne();
    assertThat(fixture.state(alert)).isNotEqualTo(AlertState.ACTIVE);
    assertHeldAsUnsent(alert);

    fixture.engine.channel.answer = address -> Future.succeededFuture(new Outcome.Accepted("250"));
    again(alert);
    assertThat(fixture.engine.completed(fixture.email(alert).id()).sent()).isEqualTo(3);
    fixture.launch(Duration.ZERO);
    assertThat(fixture.state(alert)).isEqualTo(AlertState.ACTIVE);
    assertThat(fixture.engine.webhooks.arrived.values()).as("an endpoint twice").containsOnly(1);
  }

  @Test
  void anAlertWithNobodyToWriteToIsHeldThoughAnEndpointTookIt() {
    fixture.endpoint("https://academy.example/hook");
    Alert alert = releasedOnAllWays();
    fixture.engine.start();
    assertThat(fixture.engine.completed(fixture.email(alert).id()).total()).isZero();
    assertThat(fixture.engine.completed(fixture.webhook(alert).id()).sent()).isOne();
    assertHeldAsUnsent(alert);
  }

  @Test
  void anAlertNoMemberWasSentIsHeldAtOnceHoweverLongAnEndpointIsTriedYet() {
    fixture.correspondents(3);
    fixture.endpoint("https://academy.example/hook");
    refuseAll();
    fixture.engine.webhooks.answer =
        address ->
            Future.succeededFuture(new Outcome.Deferred("HTTP 503", "later", Optional.empty()));
    Alert alert = releasedOnAllWays();
    fixture.engine.start();
    fixture.engine.completed(fixture.email(alert).id());
    assertHeldAsUnsent(alert);
    assertThat(fixture.webhook(alert).state()).isEqualTo(Progress.State.PAUSED);
  }

  @Test
  void anAlertThatMembersHaveIsNotTakenFromThemBecauseNoEndpointTookIt() {
    fixture.correspondents(3);
    fixture.endpoint("https://academy.example/hook");
    fixture.engine.webhooks.answer = address -> Future.succeededFuture(REFUSED);
    Alert alert = releasedOnAllWays();
    fixture.engine.start();
    assertThat(fixture.engine.completed(fixture.email(alert).id()).sent()).isEqualTo(3);
    assertThat(fixture.engine.completed(fixture.webhook(alert).id()).failed()).isOne();
    fixture.launch(Duration.ZERO);
    assertThat(fixture.state(alert)).isEqualTo(AlertState.ACTIVE);
  }

  @Test
  void whatNobodyCanGetByMailIsNotLetGoForItsEndpointsAlone() {
    List<MemberId> members = fixture.correspondents(1);
    fixture.endpoint("https://academy.example/hook");
    Alert alert = releasedOnAllWays();
    fixture.members.suspend("system", members.getFirst());
    fixture.engine.start();
    assertThat(fixture.engine.completed(fixture.email(alert).id()).suppressed()).isOne();
    fixture.engine.completed(fixture.webhook(alert).id());
    assertHeldAsUnsent(alert);
    assertThatThrownBy(() -> again(alert)).satisfies(code("nothing_to_send"));
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
