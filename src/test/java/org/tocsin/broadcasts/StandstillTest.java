package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Eventually.eventually;
import static org.tocsin.testing.Refusals.code;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.StaffId;
import org.tocsin.audit.AuditEntry;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;
import org.tocsin.testing.TestStaff;

/** Hold everything: one begins it, two end it, and what it held stands as it stood before. */
class StandstillTest {
  private final TestEngine engine = new TestEngine();
  private final StaffId one = TestStaff.add(engine.hub, "one");
  private final StaffId other = TestStaff.add(engine.hub, "other");
  private final Set<StaffId> gone = ConcurrentHashMap.newKeySet();
  private final Standstill standstill =
      new Standstill(
          engine.hub.hub,
          engine.hub.bus,
          engine.hub.audit,
          engine.hub.clock,
          who -> !gone.contains(who));

  @AfterEach
  void close() {
    engine.close();
  }

  private BroadcastId start() {
    return engine.start(3, InDoubtPolicy.LIST);
  }

  private Progress.State state(BroadcastId id) {
    return engine.progress(id).state();
  }

  private void end() {
    assertThat(standstill.end(one)).isPresent();
    assertThat(standstill.end(other)).isEmpty();
  }

  private Instant expires(BroadcastId id) {
    return engine.hub.hub.get(
        "SELECT expires_at FROM engine.broadcast WHERE id = $1",
        row -> row.getOffsetDateTime("expires_at").toInstant(),
        id.value());
  }

  @Test
  void whatRunsAndWhatIsStartedMeanwhileStandsStillOnEveryNodeUntilTwoEndIt() {
    BroadcastId before = start();
    standstill.begin(one);
    engine.words = "Meanwhile";
    BroadcastId meanwhile = start();
    Instant expires = expires(meanwhile);
    engine.snapshot();
    engine.start(); // a node that starts while it is on
    engine.step();
    for (BroadcastId id : new BroadcastId[] {before, meanwhile}) {
      assertThat(state(id)).isEqualTo(Progress.State.PAUSED);
      assertThat(engine.progress(id).halted()).isTrue();
    }
    assertThat(engine.channel.arrived).isEmpty();
    end();
    assertThat(engine.completed(before).sent()).isEqualTo(3);
    assertThat(engine.completed(meanwhile).sent()).isEqualTo(3);
    assertThat(expires(meanwhile)).isAfter(expires);
  }

  @Test
  void lettersToOnePersonGoOn() {
    BroadcastId letter =
        engine.hub.hub.transaction(
            tx -> engine.own.start(tx, engine.order(Lane.TRANSACTIONAL, InDoubtPolicy.LIST)));
    standstill.begin(one);
    assertThat(engine.progress(letter).halted()).isFalse();
    engine.audience.size = 1;
    engine.snapshot();
    engine.start();
    assertThat(engine.completed(letter).sent()).isEqualTo(1);
  }

  @Test
  void whatWasPausedOrHeldBesidesStaysSo() {
    BroadcastId paused = start();
    BroadcastId held = start();
    BroadcastId pausedMeanwhile = start();
    BroadcastId letGoMeanwhile = start();
    BroadcastId cancelled = start();
    engine.hub.hub.inTransaction(
        tx -> {
          engine.own.pause(tx, paused);
          engine.own.hold(tx, held);
          engine.own.hold(tx, letGoMeanwhile);
        });
    standstill.begin(one);
    engine.hub.hub.inTransaction(
        tx -> {
          engine.own.pause(tx, pausedMeanwhile);
          engine.own.letGo(tx, letGoMeanwhile);
          engine.own.cancel(tx, cancelled);
        });
    assertThat(engine.progress(letGoMeanwhile).halted()).isTrue();
    end();
    assertThat(state(paused)).isEqualTo(Progress.State.PAUSED);
    assertThat(state(held)).isEqualTo(Progress.State.PAUSED);
    assertThat(state(pausedMeanwhile)).isEqualTo(Progress.State.PAUSED);
    assertThat(state(letGoMeanwhile)).isEqualTo(Progress.State.SNAPSHOTTING);
    assertThat(state(cancelled)).isEqualTo(Progress.State.CANCELLED);
  }

  @Test
  void aBroadcastThatIsStartedInTheVeryMomentStandsStillToo() throws Exception {
    engine.audience.size = 3;
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch pressed = new CountDownLatch(1);
    try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<BroadcastId> release =
          CompletableFuture.supplyAsync(
              () ->
                  engine.hub.hub.transaction(
                      tx -> {
                        BroadcastId id =
                            engine.own.start(tx, engine.order(Lane.REPLAY, InDoubtPolicy.LIST));
                        started.countDown();
                        await(pressed);
                        return id;
                      }),
              threads);
      await(started);
      CompletableFuture<Standstill.Standing> press =
          CompletableFuture.supplyAsync(() -> standstill.begin(one), threads);
      eventually("the press waits for it", this::somebodyWaitsForTheStandstill);
      pressed.countDown();
      BroadcastId id = release.get();
      press.get();
      assertThat(state(id)).isEqualTo(Progress.State.PAUSED);
      assertThat(engine.progress(id).halted()).isTrue();
    }
  }

  private boolean somebodyWaitsForTheStandstill() {
    return engine.hub.hub.get(
            "SELECT count(*) AS many FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND"
                + " pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())",
            row -> row.getLong("many"))
        == 1;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void whatADeadNodeLeftHalfDoneIsFinishedByTheNextRound() {
    BroadcastId running = start();
    engine.hub.hub.run(
        "INSERT INTO engine.standstill (begun_by, begun_at) VALUES ($1, clock_timestamp())",
        one.value());
    assertThat(state(running)).isEqualTo(Progress.State.SNAPSHOTTING);
    standstill.round();
    assertThat(state(running)).isEqualTo(Progress.State.PAUSED);
    engine.hub.hub.run(
        """
        UPDATE engine.standstill SET asked_by = $1, asked_at = clock_timestamp(), ended_by = $2, ended_at = clock_timestamp()
        """,
        one.value(),
        other.value());
    standstill.round();
    assertThat(state(running)).isEqualTo(Progress.State.SNAPSHOTTING);
  }

  @Test
  void onePersonAloneNeverEndsItAndWhoWasShownTheDoorDoesNotCount() {
    assertThatThrownBy(() -> standstill.end(one)).satisfies(code("nothing_held"));
    standstill.begin(one);
    standstill.end(one);
    assertThatThrownBy(() -> standstill.end(one)).satisfies(code("second_person_needed"));
    gone.add(one);
    assertThat(standstill.end(other)).as("nobody who still works here asked before").isPresent();
    gone.clear();
    standstill.begin(one); // pressed again: what was asked is taken back
    assertThat(standstill.current().orElseThrow().askedBy()).isEmpty();
    end();
    assertThat(standstill.current()).isEmpty();
    assertThat(engine.hub.audit.latest("", Long.MAX_VALUE, 10))
        .extracting(AuditEntry::action)
        .containsExactly(
            "standstill.ended",
            "standstill.end_asked",
            "standstill.kept",
            "standstill.end_asked",
            "standstill.end_asked",
            "standstill.begun");
  }

  @Test
  void whatHasItsTimeIsNotTriedBeyondIt() {
    engine.audience.size = 3;
    BroadcastId onTime =
        engine.hub.hub.transaction(
            tx -> engine.own.startEndingOnTime(tx, engine.order(Lane.REPLAY, InDoubtPolicy.LIST)));
    Instant expires = expires(onTime);
    assertThat(expires).isEqualTo(engine.hub.clock.instant().plus(Duration.ofDays(3)));
    standstill.begin(one);
    end();
    assertThat(expires(onTime)).isEqualTo(expires);
  }
}
