package org.tocsin.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.alerts.AlertFixture.draft;
import static org.tocsin.testing.Eventually.eventually;
import static org.tocsin.testing.Refusals.code;

import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.Progress;
import org.tocsin.broadcasts.Retention;
import org.tocsin.channels.Outcome;
import org.tocsin.correspondents.MemberId;

/** I4 and I5: one person stops, whatever the state, and exactly those reached are told. */
class AlertStopTest {
  private static final Outcome ACCEPTED = new Outcome.Accepted("250");

  private final AlertFixture fixture = new AlertFixture();
  private final Alerts alerts = fixture.alerts;
  private final Map<String, Promise<Outcome>> underWay = new ConcurrentHashMap<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Alert stop(Alert alert) {
    return alerts.stop(alert.id(), StopReason.FAMILY_OR_LAWYER_ASKED, fixture.anybody);
  }

  private void assertNobodyIsTold(Alert alert) {
    fixture.engine.snapshot();
    fixture.engine.start();
    assertThat(fixture.engine.completed(fixture.stopMail(alert).id()).total()).isZero();
    assertThat(fixture.engine.completed(fixture.email(alert).id()).sent()).isZero();
    assertThat(fixture.state(alert)).isEqualTo(AlertState.STOPPED);
  }

  @Test
  void stoppedAsADraftOrApprovedThereIsNobodyToTell() {
    Alert draft = fixture.created();
    assertThat(stop(draft).state()).isEqualTo(AlertState.STOPPED);
    Alert approved = fixture.approved(fixture.created().id());
    assertThat(stop(approved).state()).isEqualTo(AlertState.STOPPED);
    assertThat(alerts.chain(draft.chain().id())).hasSize(1);
    assertThatThrownBy(
            () ->
                alerts.release(approved.id(), fixture.releaser, Optional.empty(), Optional.empty()))
        .satisfies(code("chain_ended"));
  }

  @Test
  void stoppedWhileScheduledNothingEverLeaves() {
    fixture.correspondents(5);
    Alert alert = fixture.scheduled();
    stop(alert);
    fixture.launch(AlertFixture.LAST_LOOK);
    assertNobodyIsTold(alert);
  }

  @Test
  void stoppedWhileSnapshottingNothingEverLeaves() {
    fixture.correspondents(5);
    Alert approved = fixture.approved(fixture.created().id());
    Alert alert =
        alerts
            .release(approved.id(), fixture.releaser, Optional.empty(), Optional.of(Duration.ZERO))
            .alert();
    assertThat(fixture.email(alert).state()).isEqualTo(Progress.State.SNAPSHOTTING);
    stop(alert);
    assertNobodyIsTold(alert);
  }

  @Test
  void stoppedWhileHeldOrPausedNothingEverLeaves() {
    fixture.correspondents(5);
    Alert held = fixture.released(fixture.created().id());
    alerts.hold(held.id(), fixture.anybody);
    stop(held);
    Alert paused = fixture.released(fixture.created().id());
    fixture.hub.hub.inTransaction(tx -> fixture.own.pause(tx, fixture.email(paused).id()));
    stop(paused);
    assertNobodyIsTold(held);
    assertNobodyIsTold(paused);
    assertThat(fixture.email(held).withheld()).isEqualTo(5);
    assertThat(fixture.email(paused).withheld()).isEqualTo(5);
  }

  /** Of 100 members, a window is handed over and not yet answered. */
  private Alert underWay() {
    fixture.correspondents(100);
    Alert alert = fixture.released(fixture.created().id());
    fixture.engine.channel.answer =
        address -> underWay.computeIfAbsent(address, anyhow -> Promise.promise()).future();
    fixture.engine.step();
    eventually("a window is under way", () -> underWay.size() == 64);
    fixture.engine.channel.answer = address -> io.vertx.core.Future.succeededFuture(ACCEPTED);
    return alert;
  }

  private void assertExactlyTheReachedAreTold(Alert alert) {
    fixture.engine.snapshot();
    fixture.engine.start();
    Progress told = fixture.engine.completed(fixture.stopMail(alert).id());
    assertThat(told.sent()).isEqualTo(64);
    assertThat(fixture.email(alert).withheld()).isEqualTo(36);
    List<Long> reached =
        fixture.hub.hub.list(
            "SELECT target FROM engine.recipient WHERE broadcast = $1 AND ord <= 64 ORDER BY"
                + " target",
            row -> row.getLong("target"),
            fixture.email(alert).id().value());
    assertThat(fixture.sentTo(told)).isEqualTo(reached);
  }

  @Test
  void stoppedInMidSendExactlyThoseWhoGotItAreTold() {
    Alert alert = underWay();
    stop(alert);
    underWay.values().forEach(promise -> promise.tryComplete(ACCEPTED));
    assertExactlyTheReachedAreTold(alert);
    assertThat(fixture.engine.channel.contents.values())
        .hasSize(64)
        .allSatisfy(letters -> assertThat(letters).hasSize(2).doesNotHaveDuplicates());
  }

  @Test
  void whoMayHaveGotItWhenANodeDiedIsToldToo() {
    Alert alert = underWay();
    fixture.engine.expireLeases();
    stop(alert);
    assertExactlyTheReachedAreTold(alert);
    assertThat(fixture.engine.completed(fixture.email(alert).id()).inDoubt()).isEqualTo(64);
  }

  @Test
  void aStopThatIsInterruptedAtAnyStepLeavesNothingHalfDone() {
    Alert alert = underWay();
    for (String table :
        List.of("engine.broadcast", "alerts.chain", "alerts.message", "alerts.sending")) {
      interrupted(
          table,
          () ->
              assertThatThrownBy(() -> stop(alert))
                  .as("while " + table + " is written")
                  .hasMessageContaining("interrupted"));
      assertThat(fixture.state(alert)).isEqualTo(AlertState.RELEASING);
      assertThat(fixture.email(alert).withheld()).isZero();
      assertThat(alerts.chain(alert.chain().id())).hasSize(1);
    }
    stop(alert);
    underWay.values().forEach(promise -> promise.tryComplete(ACCEPTED));
    assertExactlyTheReachedAreTold(alert);
  }

  /** Whatever is written to this table meanwhile fails, and with it the whole transaction. */
  private void interrupted(String table, Runnable work) {
    fixture.hub.hub.run(
        """
        CREATE OR REPLACE FUNCTION alerts.interrupt() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN RAISE EXCEPTION ''interrupted''; END'
        """);
    fixture.hub.hub.run(
        "CREATE TRIGGER interrupt AFTER INSERT OR UPDATE ON "
            + table
            + " FOR EACH STATEMENT EXECUTE FUNCTION alerts.interrupt()");
    try {
      work.run();
    } finally {
      fixture.hub.hub.run("DROP TRIGGER interrupt ON " + table);
    }
  }

  @Test
  void aNodeThatDiesWhileItTellsLeavesNobodyUntold() {
    Alert alert = underWay();
    underWay.values().forEach(promise -> promise.tryComplete(ACCEPTED));
    eventually("the window is settled", () -> fixture.email(alert).sent() >= 64);
    stop(alert);
    Map<String, Promise<Outcome>> telling = new ConcurrentHashMap<>();
    fixture.engine.channel.answer =
        address -> telling.computeIfAbsent(address, anyhow -> Promise.promise()).future();
    fixture.engine.snapshot();
    fixture.engine.step();
    eventually("they are being told", () -> !telling.isEmpty());
    fixture.engine.expireLeases();
    fixture.engine.channel.answer = address -> io.vertx.core.Future.succeededFuture(ACCEPTED);
    fixture.engine.start();
    Progress told = fixture.engine.completed(fixture.stopMail(alert).id());
    assertThat(told.sent())
        .isEqualTo(told.total())
        .isEqualTo(fixture.engine.completed(fixture.email(alert).id()).sent());
  }

  @Test
  void whoGotAnEarlierMessageOfTheChainIsToldEvenIfSuspendedByNow() {
    List<MemberId> members = fixture.correspondents(3);
    Alert first = fixture.released(fixture.created().id());
    fixture.engine.start();
    fixture.engine.completed(fixture.email(first).id());
    fixture.members.suspend("system", members.getFirst());
    Alert update =
        fixture.released(alerts.update(first.id(), draft(), fixture.officer, fixture.words).id());
    assertThat(fixture.engine.completed(fixture.email(update).id()).sent()).isEqualTo(2);
    stop(update);
    fixture.engine.snapshot();
    assertThat(fixture.engine.completed(fixture.stopMail(update).id()).sent()).isEqualTo(3);
  }

  @Test
  void whoEndedWhileTheFanOutRanGotNothingAndHearsNothing() {
    List<MemberId> members = fixture.correspondents(3);
    Alert alert = fixture.released(fixture.created().id());
    fixture.members.end("system", members.get(1));
    fixture.engine.start();
    Progress sent = fixture.engine.completed(fixture.email(alert).id());
    assertThat(sent.sent()).isEqualTo(2);
    assertThat(sent.suppressed()).isEqualTo(1);
    stop(alert);
    fixture.engine.snapshot();
    assertThat(fixture.engine.completed(fixture.stopMail(alert).id()).total()).isEqualTo(2);
  }

  @Test
  void theSameStopPressedByTwoPeopleIsOneStopAndConfirmed() {
    fixture.correspondents(1);
    Alert alert = fixture.released(fixture.created().id());
    stop(alert);
    assertThat(stop(alert).chain().end().orElseThrow().confirmedBy()).isEmpty();
    Alert again = alerts.stop(alert.id(), StopReason.ERROR, fixture.approver);
    Chain.End end = again.chain().end().orElseThrow();
    assertThat(end.reason()).contains(StopReason.FAMILY_OR_LAWYER_ASKED);
    assertThat(end.by()).isEqualTo(fixture.anybody);
    assertThat(end.confirmedBy()).contains(fixture.approver);
    assertThat(alerts.chain(alert.chain().id())).hasSize(2);
  }

  @Test
  void whoStoppedDoesNotConfirmIt() {
    Alert alert = stop(fixture.created());
    assertThatThrownBy(() -> alerts.confirmStop(alert.id(), fixture.anybody))
        .satisfies(code("second_person_needed"));
    assertThat(alerts.confirmStop(alert.id(), fixture.officer).chain().end().orElseThrow())
        .extracting(Chain.End::confirmedBy)
        .isEqualTo(Optional.of(fixture.officer));
  }

  @Test
  void whatWasStoppedIsNeverSentAgainByAnybody() {
    fixture.correspondents(2);
    Alert alert = fixture.released(fixture.created().id());
    fixture.engine.channel.answer =
        address ->
            io.vertx.core.Future.succeededFuture(
                new Outcome.Refused("550", "no", Outcome.Reason.NO_SUCH_ADDRESS));
    fixture.engine.start();
    assertThat(fixture.engine.completed(fixture.email(alert).id()).failed()).isEqualTo(2);
    stop(alert);
    assertThatThrownBy(
            () ->
                fixture.hub.hub.inTransaction(
                    tx -> fixture.own.retryFailed(tx, fixture.email(alert).id())))
        .satisfies(code("not_retried"));
  }

  @Test
  void aClosedAlertAsksNobodyAndCanStillBeStopped() {
    fixture.correspondents(2);
    Alert alert = fixture.released(fixture.created().id());
    fixture.engine.start();
    fixture.engine.completed(fixture.email(alert).id());
    Alert closed = alerts.close(alert.id(), "He was acquitted.", fixture.officer, fixture.words);
    assertThat(closed.state()).isEqualTo(AlertState.CLOSED);
    stop(alert);
    fixture.engine.snapshot();
    assertThat(fixture.engine.completed(fixture.stopMail(alert).id()).sent()).isEqualTo(2);
    assertThat(fixture.state(alert)).isEqualTo(AlertState.STOPPED);
  }

  @Test
  void whoReadItInThePortalWithoutALetterIsToldOfTheStopToo() {
    List<MemberId> members = fixture.correspondents(3);
    fixture.engine.channel.answer =
        address ->
            io.vertx.core.Future.succeededFuture(
                address.equals("m2@academy.example")
                    ? ACCEPTED
                    : new Outcome.Refused("550", "no", Outcome.Reason.POLICY));
    Alert alert = fixture.released(fixture.created().id());
    fixture.engine.start();
    assertThat(fixture.engine.completed(fixture.email(alert).id()).failed()).isEqualTo(2);
    Readings readings =
        new Readings(
            fixture.hub.hub, fixture.hub.keyring.sealer(), fixture.hub.clock, fixture.hub.audit);
    assertThat(readings.of(fixture.members.look(members.getFirst()).member())).hasSize(1);
    fixture.engine.channel.answer = address -> io.vertx.core.Future.succeededFuture(ACCEPTED);

    stop(alert);
    assertThat(readings.of(fixture.members.look(members.get(1)).member()))
        .extracting(Reading::standing)
        .containsExactly(Reading.Standing.STOPPED);
    Progress told = fixture.engine.completed(fixture.stopMail(alert).id());
    assertThat(told.sent()).isEqualTo(2);
    assertThat(fixture.sentTo(told))
        .containsExactly(members.getFirst().value(), members.getLast().value());
    assertThat(alerts.told(alerts.get(alert.id()).chain(), 10).orElseThrow().reached())
        .as("whoever saw only that it is stopped has read nothing")
        .isEqualTo(2);
  }

  @Test
  void aStopThatEndedDoesNotSayThatAllWereToldWhereOneWasNot() {
    fixture.correspondents(3);
    Alert alert = fixture.released(fixture.created().id());
    fixture.engine.start();
    fixture.engine.completed(fixture.email(alert).id());
    fixture.complained("m0@academy.example");
    stop(alert);
    assertThat(fixture.engine.completed(fixture.stopMail(alert).id()).sent()).isEqualTo(2);
    Alert stop = fixture.stopOf(alert);
    assertThat(stop.state()).isEqualTo(AlertState.ACTIVE);
    assertThat(stop.untold()).isOne();
    assertThat(stop.endedUntold()).isTrue();
    assertThat(alerts.told(stop.chain(), 10).orElseThrow().left()).isOne();
  }

  /** Everything that ended did so years ago. */
  private void yearsLater() {
    fixture.hub.hub.run("ALTER TABLE alerts.chain DISABLE TRIGGER keep_end");
    fixture.hub.hub.run("UPDATE alerts.chain SET ended_at = ended_at - interval '5 years'");
    fixture.hub.hub.run("ALTER TABLE alerts.chain ENABLE TRIGGER keep_end");
    fixture.hub.hub.run(
        "UPDATE engine.broadcast SET finished_at = finished_at - interval '5 years'");
    fixture.hub.hub.run(
        "SELECT setval('engine.broadcast_id_seq', (SELECT max(beyond) - 1 FROM engine.cut))");
    dropWhatIsOld();
  }

  private void dropWhatIsOld() {
    Retention retention = new Retention(fixture.hub.hub, 24);
    while (retention.round()) {
      // whatever is old goes
    }
  }

  private long kept(Progress broadcast) {
    return fixture.hub.hub.get(
        "SELECT count(*) AS many FROM engine.recipient WHERE broadcast = $1",
        row -> row.getLong("many"),
        broadcast.id().value());
  }

  @Test
  void whoHasAnAlertIsKnownForAsLongAsItCanBeStoppedAndThenForgotten() {
    fixture.correspondents(3);
    Alert alert = fixture.released(fixture.created().id());
    fixture.engine.start();
    fixture.engine.completed(fixture.email(alert).id());
    yearsLater();
    assertThat(kept(fixture.email(alert))).as("it can still be stopped").isEqualTo(3);

    stop(alert);
    dropWhatIsOld();
    assertThat(kept(fixture.email(alert))).as("it was stopped just now").isEqualTo(3);
    Progress told = fixture.engine.completed(fixture.stopMail(alert).id());
    assertThat(told.total()).isEqualTo(3);

    yearsLater();
    assertThat(kept(fixture.email(alert))).isZero();
    assertThat(alerts.told(alerts.get(alert.id()).chain(), 10).orElseThrow().left()).isZero();
  }
}
