package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;
import org.tocsin.channels.Outcome;

/** Whom their audience puts off: pending until their hour, untried, and unreached. */
class PutOffTest {
  private static final Duration WAIT = Duration.ofHours(5);

  private final TestEngine engine = new TestEngine();
  private final Reached reached = new Reached();
  private final Instant hour = engine.hub.clock.instant().plus(WAIT);

  @AfterEach
  void close() {
    engine.close();
  }

  /** Of ten, the third and the seventh want it later. */
  private BroadcastId twoOfTenWait(InDoubtPolicy policy) {
    engine.audience.later.put(3L, hour);
    engine.audience.later.put(7L, hour);
    BroadcastId id = engine.start(10, policy);
    engine.snapshot();
    send();
    return id;
  }

  /** All that is due, on a node of its own. */
  private void send() {
    try (Dispatcher node = engine.dispatcher()) {
      node.round();
      node.awaitIdle();
    }
  }

  private void sendWhoWaited() {
    engine.makeRetriesDue();
    send();
  }

  private void assertAddsUp(BroadcastId id, int sent, int suppressed, int withheld, int pending) {
    Progress now = engine.progress(id);
    assertThat(now.total()).isEqualTo(10);
    assertThat(
            List.of(
                now.sent(),
                now.suppressed(),
                now.withheld(),
                now.failed(),
                now.inDoubt(),
                now.cancelled(),
                now.pending()))
        .containsExactly(sent, suppressed, withheld, 0, 0, 0, pending);
  }

  private List<Long> inState(BroadcastId id, String state) {
    return engine.broadcasts.deliveries(id, 0, 0, 500, Optional.of(state)).stream()
        .map(Delivery::target)
        .sorted()
        .toList();
  }

  private List<Long> reached(BroadcastId id) {
    return reached.after(engine.hub.hub, Reached.Whom.reachedBy(id), 0, 100);
  }

  private void stop(BroadcastId id) {
    engine.hub.hub.inTransaction(tx -> engine.own.stop(tx, id));
  }

  @Test
  void whoIsPutOffIsPendingAndUntriedUntilTheHourAndThenSent() {
    BroadcastId id = twoOfTenWait(InDoubtPolicy.LIST);
    assertAddsUp(id, 8, 0, 0, 2);
    assertThat(engine.progress(id).state()).isEqualTo(Progress.State.RUNNING);
    assertThat(engine.broadcasts.deliveries(id, 0, 0, 500, Optional.of("WAITING")))
        .extracting(Delivery::target, Delivery::attempts, Delivery::doubled)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(3L, 0, false),
            org.assertj.core.groups.Tuple.tuple(7L, 0, false));
    assertThat(inState(id, "RETRYING")).isEmpty();
    Waiting waiting = engine.broadcasts.waiting(id).getFirst();
    assertThat(waiting.many()).isEqualTo(2);
    Instant due =
        engine.hub.hub.get(
            "SELECT clock_timestamp() AS now", row -> row.getOffsetDateTime("now").toInstant());
    assertThat(Duration.between(due, waiting.next())).isBetween(WAIT.minusMinutes(10), WAIT);
    assertThat(engine.hub.hub.list("SELECT FROM engine.attempt", row -> row)).isEmpty();

    engine.hub.clock.set(hour);
    sendWhoWaited();
    assertThat(engine.completed(id).state()).isEqualTo(Progress.State.COMPLETED);
    assertAddsUp(id, 10, 0, 0, 0);
    assertThat(engine.broadcasts.waiting(id)).isEmpty();
    assertThat(engine.channel.arrived).hasSize(10).allSatisfy((who, n) -> assertThat(n).isOne());
  }

  @Test
  void nobodyIsPutOffTwiceWhateverTheClockSays() {
    BroadcastId id = twoOfTenWait(InDoubtPolicy.LIST);
    engine.audience.later.replaceAll((who, until) -> until.plus(Duration.ofDays(1)));
    sendWhoWaited();
    assertThat(engine.completed(id).sent()).isEqualTo(10);
  }

  @Test
  void anHourThatIsNowOrTooCloseToTheEndIsNotWaitedFor() {
    Instant end = engine.hub.clock.instant().plus(Duration.ofDays(3));
    engine.audience.later.put(1L, engine.hub.clock.instant());
    engine.audience.later.put(2L, end.minus(Duration.ofHours(1)));
    engine.audience.later.put(3L, end.minus(Duration.ofHours(1)).minusMillis(1));
    BroadcastId id = engine.start(10, InDoubtPolicy.LIST);
    engine.snapshot();
    send();
    assertThat(engine.progress(id).sent()).isEqualTo(9);
    assertThat(inState(id, "WAITING")).containsExactly(3L);
  }

  @Test
  void atTheHourTheyAreAskedForAgain() {
    BroadcastId id = twoOfTenWait(InDoubtPolicy.LIST);
    engine.audience.gone.put(3L, "ended");
    engine.hub.hub.run(
        "INSERT INTO engine.suppression (address_hash, reason) VALUES ($1, 'HARD_BOUNCE')",
        Buffer.buffer("hash7".getBytes(StandardCharsets.UTF_8)));
    sendWhoWaited();
    engine.completed(id);
    assertAddsUp(id, 8, 2, 0, 0);
    assertThat(engine.broadcasts.deliveries(id, 0, 0, 500, Optional.of("SUPPRESSED")))
        .extracting(Delivery::code)
        .containsExactlyInAnyOrder("ended", "hard_bounce");
  }

  @Test
  void whomNobodyMayWriteToDoesNotWait() {
    engine.hub.hub.run(
        "INSERT INTO engine.suppression (address_hash, reason) VALUES ($1, 'COMPLAINT')",
        Buffer.buffer("hash3".getBytes(StandardCharsets.UTF_8)));
    BroadcastId id = twoOfTenWait(InDoubtPolicy.LIST);
    assertThat(engine.progress(id).suppressed()).isOne();
    assertThat(inState(id, "WAITING")).containsExactly(7L);
  }

  @Test
  void aStopWithholdsThemAndTheyAreNotAmongTheReached() {
    BroadcastId id = twoOfTenWait(InDoubtPolicy.RESEND);
    assertThat(reached(id)).containsExactly(1L, 2L, 4L, 5L, 6L, 8L, 9L, 10L);
    stop(id);
    assertAddsUp(id, 8, 0, 2, 0);
    assertThat(inState(id, "WITHHELD")).containsExactly(3L, 7L);
    assertThat(reached(id)).containsExactly(1L, 2L, 4L, 5L, 6L, 8L, 9L, 10L);
    assertThat(engine.channel.arrived).hasSize(8);
  }

  @Test
  void aCancelCancelsThemAndAPauseKeepsThem() {
    BroadcastId id = twoOfTenWait(InDoubtPolicy.LIST);
    engine.hub.hub.inTransaction(tx -> engine.own.pause(tx, id));
    sendWhoWaited();
    assertAddsUp(id, 8, 0, 0, 2);
    assertThat(engine.channel.arrived).hasSize(8);
    engine.hub.hub.inTransaction(tx -> engine.own.cancel(tx, id));
    Progress cancelled = engine.progress(id);
    assertThat(cancelled.cancelled()).isEqualTo(2);
    assertThat(cancelled.pending()).isZero();
  }

  @Test
  void whoIsPutOffWhileAStopComesIsWithheld() {
    engine.audience.later.put(1L, hour);
    BroadcastId id = engine.start(1, InDoubtPolicy.RESEND);
    engine.snapshot();
    SegmentRepository segments = new SegmentRepository(engine.hub.keyring.sealer());
    Claim claim =
        segments
            .claim(engine.hub.courier, "email", Map.of(Lane.REPLAY, 1), 0, UUID.randomUUID())
            .getFirst();
    assertThat(segments.flush(engine.hub.courier, claim, 0, 1, false, List.of())).isPresent();
    stop(id);
    Settlement later =
        Settlement.later(
            segments.leftOver(engine.hub.courier, claim).getFirst(),
            Settlement.WaitsFor.HOUR,
            Duration.ofHours(5));
    assertThat(segments.flush(engine.hub.courier, claim, 0, 1, false, List.of(later))).isPresent();
    send();
    assertThat(engine.progress(id).withheld()).isOne();
    assertThat(reached(id)).isEmpty();
    assertThat(engine.channel.arrived).isEmpty();
  }

  @Test
  void aNodeThatDiesBeforeItWroteThemDownLosesNobody() {
    engine.audience.later.put(1L, hour);
    BroadcastId id = engine.start(1, InDoubtPolicy.RESEND);
    engine.snapshot();
    SegmentRepository segments = new SegmentRepository(engine.hub.keyring.sealer());
    Claim claim =
        segments
            .claim(engine.hub.courier, "email", Map.of(Lane.REPLAY, 1), 0, UUID.randomUUID())
            .getFirst();
    segments.flush(engine.hub.courier, claim, 0, 1, false, List.of());
    engine.expireLeases();
    send();
    assertThat(inState(id, "WAITING")).containsExactly(1L);
    // The node that died may have sent it, for all anybody knows: a stop must reach them.
    assertThat(reached(id)).containsExactly(1L);
    sendWhoWaited();
    assertThat(engine.completed(id).sent()).isOne();
  }

  @Test
  void aNodeThatDiesWithOneInHandLosesNobodyAndTwoNodesDoNotDouble() {
    BroadcastId id = twoOfTenWait(InDoubtPolicy.RESEND);
    engine.makeRetriesDue();
    assertThat(engine.claimRetries(1)).hasSize(1);
    send();
    assertAddsUp(id, 9, 0, 0, 1);
    engine.expireLeases();
    for (int node = 0; node < 3; node++) {
      engine.dispatcher().start();
    }
    engine.completed(id);
    assertAddsUp(id, 10, 0, 0, 0);
    assertThat(engine.channel.doubled()).isZero();
  }

  @Test
  void aFirstTryAfterTheHourMayBeDeferredLikeAnyOther() {
    BroadcastId id = twoOfTenWait(InDoubtPolicy.LIST);
    engine.channel.answer =
        address -> Future.succeededFuture(new Outcome.Deferred("451", "later", Optional.empty()));
    sendWhoWaited();
    assertThat(inState(id, "RETRYING")).containsExactly(3L, 7L);
    assertThat(engine.broadcasts.deliveries(id, 0, 0, 500, Optional.of("RETRYING")))
        .extracting(Delivery::attempts)
        .containsExactly(1, 1);
    assertThat(engine.broadcasts.waiting(id))
        .extracting(Waiting::reason)
        .containsExactly(Waiting.Reason.TRY);
    assertAddsUp(id, 8, 0, 0, 2);
  }
}
