package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;
import org.tocsin.channels.Outcome;
import org.tocsin.platform.errors.HubException.Conflict;

/** I5: a STOP overtakes what is unsent, and reaches whoever was or may have been reached. */
class StopTest {
  private static final Outcome ACCEPTED = new Outcome.Accepted("250");

  private final TestEngine engine = new TestEngine();
  private final Reached reached = new Reached();
  private final Map<String, Promise<Outcome>> underWay = new ConcurrentHashMap<>();

  @AfterEach
  void close() {
    engine.close();
  }

  private void stop(BroadcastId id) {
    engine.hub.hub.inTransaction(tx -> engine.own.stop(tx, id));
  }

  private List<Long> reached(BroadcastId id) {
    return reached.after(engine.hub.hub, Reached.Whom.reachedBy(id), 0, 10_000);
  }

  /** Every answer waits until the test gives it. */
  private void holdAnswers() {
    engine.channel.answer =
        address -> underWay.computeIfAbsent(address, anyhow -> Promise.promise()).future();
  }

  /** Of 300 recipients, those of one window are handed over and not yet answered. */
  private BroadcastId aWindowUnderWay() {
    holdAnswers();
    BroadcastId id = engine.start(300, InDoubtPolicy.RESEND);
    engine.snapshot();
    engine.dispatcher().round();
    eventually("a window is under way", () -> underWay.size() == Flight.BATCH);
    return id;
  }

  private void answerAll(Outcome outcome) {
    underWay.values().forEach(promise -> promise.tryComplete(outcome));
  }

  @Test
  void whatWasNotGrantedIsWithheldAndWhatWasUnderWayIsReached() {
    BroadcastId id = aWindowUnderWay();

    stop(id);
    assertThat(engine.progress(id).state()).isEqualTo(Progress.State.STOPPED);
    assertThat(engine.progress(id).withheld()).isEqualTo(300 - Flight.BATCH);
    assertThat(reached(id)).hasSize(Flight.BATCH).isSorted();
    assertThat(reached.count(engine.hub.hub, Reached.Whom.reachedBy(id))).isEqualTo(Flight.BATCH);

    answerAll(ACCEPTED);
    eventually("all is settled", () -> engine.progress(id).pending() == 0);
    assertThat(engine.progress(id).sent()).isEqualTo(Flight.BATCH);
    assertThat(engine.progress(id).total()).isEqualTo(300);
    assertThat(engine.channel.arrived).hasSize(Flight.BATCH);
    assertThat(reached(id)).hasSize(Flight.BATCH);
    assertThat(engine.broadcasts.deliveries(id, 0, 0, 500, Optional.of("WITHHELD")))
        .hasSize(300 - Flight.BATCH);
  }

  @Test
  void whatACrashedNodeHadUnderWayIsInDoubtAndReachedAndNeverSentAgain() {
    BroadcastId id = aWindowUnderWay();
    stop(id);
    engine.expireLeases();
    engine.dispatcher().start();
    eventually("all is settled", () -> engine.progress(id).pending() == 0);
    assertThat(engine.progress(id).inDoubt()).isEqualTo(Flight.BATCH);
    assertThat(engine.channel.doubled()).isZero();
    assertThat(reached(id)).hasSize(Flight.BATCH);
  }

  @Test
  void aPausedOneAndOneWithoutItsSnapshotAreStoppedToo() {
    BroadcastId paused = engine.start(100, InDoubtPolicy.LIST);
    engine.snapshot();
    engine.hub.hub.inTransaction(tx -> engine.own.pause(tx, paused));
    BroadcastId unfrozen = engine.start(100, InDoubtPolicy.LIST);
    stop(paused);
    stop(unfrozen);
    engine.snapshot();
    engine.dispatcher().start();
    assertThat(engine.completed(paused).withheld()).isEqualTo(100);
    assertThat(engine.completed(unfrozen).total()).isZero();
    assertThat(engine.channel.arrived).isEmpty();
    assertThat(reached(paused)).isEmpty();
  }

  @Test
  void oneThatWasCompleteIsClosedForFurtherTurns() {
    engine.channel.answer =
        address ->
            Future.succeededFuture(
                address.startsWith("3@")
                    ? new Outcome.Refused("550", "no", Outcome.Reason.NO_SUCH_ADDRESS)
                    : ACCEPTED);
    BroadcastId id = engine.start(5, InDoubtPolicy.LIST);
    engine.snapshot();
    engine.dispatcher().start();
    engine.completed(id);
    stop(id);
    assertThat(engine.progress(id).state()).isEqualTo(Progress.State.STOPPED);
    assertThat(reached(id)).containsExactly(1L, 2L, 4L, 5L);
    assertThatThrownBy(() -> engine.hub.hub.inTransaction(tx -> engine.own.retryFailed(tx, id)))
        .isInstanceOf(Conflict.class);
    stop(id);
    assertThat(engine.progress(id).state()).isEqualTo(Progress.State.STOPPED);
  }

  @Test
  void whoWaitsForAnotherTryIsWithheldUnlessTheFirstMayHaveArrived() {
    engine.channel.answer =
        address ->
            Future.succeededFuture(
                switch (address) {
                  case "1@numbers.example" ->
                      new Outcome.Deferred("451", "later", Optional.empty());
                  case "2@numbers.example" -> new Outcome.InDoubt("timeout", "no reply");
                  default -> ACCEPTED;
                });
    BroadcastId id = engine.start(3, InDoubtPolicy.RESEND);
    engine.snapshot();
    engine.dispatcher().start();
    eventually("one is sent", () -> engine.progress(id).sent() == 1);
    stop(id);
    Progress stopped = engine.progress(id);
    assertThat(stopped.pending()).isZero();
    assertThat(stopped.withheld()).isOne();
    assertThat(stopped.inDoubt()).isOne();
    assertThat(reached(id)).containsExactly(2L, 3L);
  }

  @Test
  void aDeferralThatComesAfterTheStopEndsThere() {
    holdAnswers();
    BroadcastId id = engine.start(10, InDoubtPolicy.RESEND);
    engine.snapshot();
    engine.dispatcher().start();
    eventually("all are under way", () -> underWay.size() == 10);
    stop(id);
    answerAll(new Outcome.Deferred("451", "later", Optional.empty()));
    eventually("all is settled", () -> engine.progress(id).pending() == 0);
    assertThat(engine.progress(id).withheld()).isEqualTo(10);
    assertThat(reached(id)).isEmpty();
  }

  @Test
  void aDeferralThatComesAfterACancelEndsThere() {
    holdAnswers();
    BroadcastId id = engine.start(10, InDoubtPolicy.LIST);
    engine.snapshot();
    engine.dispatcher().start();
    eventually("all are under way", () -> underWay.size() == 10);
    engine.hub.hub.inTransaction(tx -> engine.own.cancel(tx, id));
    answerAll(new Outcome.Deferred("451", "later", Optional.empty()));
    eventually("all is settled", () -> engine.progress(id).pending() == 0);
    assertThat(engine.progress(id).cancelled()).isEqualTo(10);
  }

  @Test
  void whatWasAnsweredDoesNotSayWhoReadItAndNoLaterTryTakesItBack() {
    Outcome read = new Outcome.Deferred("HTTP 500", "no", Optional.empty(), true);
    Outcome unread = new Outcome.Deferred("451", "later", Optional.empty());
    engine.channel.answer =
        address ->
            Future.succeededFuture(
                switch (address) {
                  case "1@numbers.example" -> unread;
                  case "2@numbers.example", "4@numbers.example" -> read;
                  case "3@numbers.example" ->
                      new Outcome.Refused("HTTP 410", "gone", Outcome.Reason.GONE, true);
                  default -> new Outcome.Refused("550", "no", Outcome.Reason.NO_SUCH_ADDRESS);
                });
    BroadcastId id = engine.start(5, InDoubtPolicy.RESEND);
    engine.snapshot();
    engine.dispatcher().start();
    eventually("all are tried", () -> retries("lease_until IS NULL AND attempt = 1") == 3);
    assertThat(engine.progress(id).failed()).isEqualTo(2);
    assertThat(engine.progress(id).pending()).isEqualTo(3);
    assertThat(reached(id)).containsExactly(2L, 3L, 4L);

    engine.channel.answer = address -> Future.succeededFuture(unread);
    engine.makeRetriesDue();
    eventually("they are tried again", () -> retries("lease_until IS NULL AND attempt = 2") == 3);
    assertThat(reached(id)).containsExactly(2L, 3L, 4L);
    assertThat(engine.broadcasts.deliveries(id, 0, 0, 10, Optional.empty()))
        .filteredOn(Delivery::reached)
        .extracting(Delivery::state)
        .containsExactlyInAnyOrder("RETRYING", "FAILED", "RETRYING");

    stop(id);
    assertThat(engine.progress(id).withheld()).as("the ledger is told nothing").isEqualTo(3);
    assertThat(reached(id)).containsExactly(2L, 3L, 4L);
  }

  @Test
  void aChannelThatFailsWhereItShouldAnswerMayHaveSentIt() {
    engine.channel.answer =
        address -> {
          throw new IllegalStateException("broken");
        };
    BroadcastId id = engine.start(1, InDoubtPolicy.RESEND);
    engine.snapshot();
    engine.dispatcher().start();
    assertThat(engine.completed(id).failed()).isOne();
    assertThat(reached(id)).containsExactly(1L);
  }

  @Test
  void aStopIsClaimedThoughAlertsHaveAllTheirSegmentsUnderWay() {
    BroadcastId id = engine.start(1, InDoubtPolicy.LIST);
    engine.snapshot();
    Dispatcher dispatcher = engine.dispatcher();
    dispatcher.round();
    dispatcher.awaitIdle();
    engine.completed(id);
    engine.start(1, InDoubtPolicy.LIST);
    BroadcastId told = engine.startStop(id);
    engine.snapshot();
    engine.hub.hub.run("UPDATE engine.segment SET lane = 0");
    assertThat(
            new SegmentRepository(engine.hub.keyring.sealer())
                .claim(engine.hub.courier, "email", Map.of(Lane.URGENT, 0), 4, UUID.randomUUID()))
        .extracting(Claim::broadcast)
        .containsExactly(told.value());
  }

  @Test
  void aStopIgnoresAHardBounceAndNoComplaint() {
    BroadcastId id = engine.start(3, InDoubtPolicy.LIST);
    engine.snapshot();
    engine.dispatcher().start();
    engine.completed(id);
    engine.hub.hub.run(
        """
        INSERT INTO engine.suppression (address_hash, reason) VALUES
          ('hash1', 'HARD_BOUNCE'), ('hash2', 'COMPLAINT')
        """);
    BroadcastId told = engine.startStop(id);
    engine.snapshot();
    assertThat(engine.completed(told).sent()).isEqualTo(2);
    assertThat(engine.broadcasts.deliveries(told, 0, 0, 10, Optional.of("SUPPRESSED")))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.target()).isEqualTo(2);
              assertThat(one.code()).isEqualTo("complaint");
            });
  }

  @Test
  void aTryClaimedJustBeforeAPauseIsGivenBackNotCancelled() {
    BroadcastId id = engine.startInVain(1);
    eventually("it waits for another try", () -> retries("lease_until IS NULL") == 1);
    engine.makeRetriesDue();
    List<RetryRepository.Held> held = engine.claimRetries(10);
    engine.hub.hub.inTransaction(tx -> engine.own.pause(tx, id));
    engine.run(held.getFirst());
    assertThat(engine.progress(id).cancelled()).isZero();
    assertThat(retries("lease_until IS NULL")).isOne();
  }

  private long retries(String which) {
    return engine.hub.hub.get(
        "SELECT count(*) AS n FROM engine.retry WHERE " + which, row -> row.getLong("n"));
  }

  /** What was cut off is settled: the run that holds the segment must not settle it again. */
  @Test
  void aSegmentClaimedJustBeforeTheStopSettlesNobodyTwice() {
    for (int settled : List.of(0, 20)) {
      BroadcastId id = engine.start(50, InDoubtPolicy.LIST);
      engine.snapshot();
      Claim claim = engine.claimSegment();
      engine.hub.hub.run(
          "UPDATE engine.segment SET sent_hi = $2::smallint WHERE broadcast = $1",
          id.value(),
          settled);
      stop(id);
      engine.run(
          new Claim(claim.broadcast(), claim.segment(), claim.lane(), claim.epoch(), settled, 0));
      Progress after = engine.progress(id);
      assertThat(after.withheld()).isEqualTo(50 - settled);
      assertThat(after.inDoubt()).isEqualTo(settled);
      assertThat(after.pending()).isZero();
      assertThat(
              engine.hub.hub.<String>get(
                  "SELECT state FROM engine.segment WHERE broadcast = $1",
                  row -> row.getString("state"),
                  id.value()))
          .isEqualTo("DONE");
    }
  }
}
