package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;
import org.tocsin.channels.Outcome;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;

class EngineTest {
  private final TestEngine engine = new TestEngine();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void theFirstAreSentBeforeTheLastAreFrozen() {
    BroadcastId id = engine.start(3_000, InDoubtPolicy.LIST);
    engine.snapshotter.round();
    assertThat(engine.progress(id).total()).isEqualTo(1_000);
    engine.dispatcher().start();
    eventually("the first thousand have it", () -> engine.progress(id).sent() == 1_000);
    assertThat(engine.progress(id).state()).isEqualTo(Progress.State.RUNNING);
    engine.snapshot();
    assertThat(engine.completed(id).sent()).isEqualTo(3_000);
  }

  @Test
  void everyRecipientGetsItOnceAndTheLedgerBalances() {
    BroadcastId id = engine.start(2_500, InDoubtPolicy.LIST);
    engine.snapshot();
    engine.dispatcher().start();
    Progress done = engine.completed(id);
    assertThat(done.state()).isEqualTo(Progress.State.COMPLETED);
    assertThat(done.sent()).isEqualTo(2_500);
    assertThat(done.total()).isEqualTo(2_500);
    assertThat(engine.channel.arrived)
        .hasSize(2_500)
        .allSatisfy((address, times) -> assertThat(times).isOne());
  }

  @Test
  void aBroadcastToNobodyCompletes() {
    BroadcastId id = engine.start(0, InDoubtPolicy.LIST);
    engine.snapshot();
    assertThat(engine.completed(id).state()).isEqualTo(Progress.State.COMPLETED);
  }

  @Test
  void threeNodesShareTheWorkWithoutDoubling() {
    BroadcastId id = engine.start(6_000, InDoubtPolicy.LIST);
    engine.snapshot();
    for (int node = 0; node < 3; node++) {
      engine.dispatcher().start();
    }
    assertThat(engine.completed(id).sent()).isEqualTo(6_000);
    assertThat(engine.channel.doubled()).isZero();
  }

  @Test
  void nothingBulkIsBroadcastWithoutARelease() {
    engine.audience.size = 1;
    assertThatThrownBy(
            () ->
                engine.hub.hub.inTransaction(
                    tx -> engine.own.start(tx, engine.order(Lane.BULK, InDoubtPolicy.LIST))))
        .isInstanceOfSatisfying(
            ConstraintViolated.class,
            refused -> assertThat(refused.constraint()).isEqualTo("two_people_released_it"));
  }

  @Test
  void thoseWhoLeftSinceTheSnapshotAreSuppressed() {
    BroadcastId id = engine.start(100, InDoubtPolicy.LIST);
    engine.snapshot();
    engine.audience.gone.put(7L, "unsubscribed");
    engine.hub.hub.run(
        "INSERT INTO engine.suppression (address_hash, reason) VALUES ($1, 'HARD_BOUNCE')",
        Buffer.buffer("hash8".getBytes(StandardCharsets.UTF_8)));
    engine.dispatcher().start();
    Progress done = engine.completed(id);
    assertThat(done.sent()).isEqualTo(98);
    assertThat(done.suppressed()).isEqualTo(2);
    assertThat(engine.channel.arrived).doesNotContainKeys("7@numbers.example", "8@numbers.example");
    assertThat(engine.broadcasts.deliveries(id, 0, 0, 500, Optional.of("SUPPRESSED")))
        .extracting(Delivery::code)
        .containsExactlyInAnyOrder("unsubscribed", "hard_bounce");
  }

  @Test
  void oneRecipientThatCannotBeOpenedFailsAndTheRestGoOn() {
    BroadcastId id = engine.start(200, InDoubtPolicy.LIST);
    engine.snapshot();
    engine.audience.poison.put(100L, new IllegalStateException("does not open"));
    engine.dispatcher().start();
    Progress done = engine.completed(id);
    assertThat(done.sent()).isEqualTo(199);
    assertThat(done.failed()).isOne();
  }

  @Test
  void aDeferredDeliveryIsTriedAgainWithTheSameId() {
    Map<String, Integer> tries = new ConcurrentHashMap<>();
    engine.channel.answer =
        address ->
            Future.succeededFuture(
                address.startsWith("5@") && tries.merge(address, 1, Integer::sum) < 3
                    ? new Outcome.Deferred("451 4.3.0", "try later", Optional.empty())
                    : new Outcome.Accepted("250"));
    BroadcastId id = engine.start(50, InDoubtPolicy.LIST);
    engine.snapshot();
    Dispatcher dispatcher = engine.dispatcher();
    dispatcher.start();
    eventually("all but one are sent", () -> engine.progress(id).sent() == 49);
    assertThat(engine.progress(id).state()).isEqualTo(Progress.State.RUNNING);
    eventually(
        "the deferred one is sent",
        () -> {
          engine.makeRetriesDue();
          return engine.progress(id).state().ended();
        });
    assertThat(engine.completed(id).sent()).isEqualTo(50);
    assertThat(tries).containsEntry("5@numbers.example", 3);
    assertThat(engine.broadcasts.deliveries(id, 0, 0, 500, Optional.empty()))
        .filteredOn(delivery -> delivery.target() == 5)
        .singleElement()
        .satisfies(delivery -> assertThat(delivery.attempts()).isEqualTo(3));
  }

  @Test
  void refusedOnesFailAndRetryFailedOpensAFurtherTurn() {
    engine.channel.answer =
        address ->
            Future.succeededFuture(
                address.startsWith("3")
                    ? new Outcome.Refused(
                        "550 5.1.1", "no such user", Outcome.Reason.NO_SUCH_ADDRESS)
                    : new Outcome.Accepted("250"));
    BroadcastId id = engine.start(30, InDoubtPolicy.LIST);
    engine.snapshot();
    engine.dispatcher().start();
    Progress first = engine.completed(id);
    assertThat(first.failed()).isEqualTo(2);
    engine.channel.answer = address -> Future.succeededFuture(new Outcome.Accepted("250"));
    engine.hub.hub.inTransaction(tx -> engine.own.retryFailed(tx, id));
    eventually(
        "the second turn ends", () -> engine.progress(id).state() == Progress.State.COMPLETED);
    assertThat(engine.progress(id).sent()).isEqualTo(30);
    assertThat(engine.progress(id).failed()).isZero();
    assertThatThrownBy(() -> engine.hub.hub.inTransaction(tx -> engine.own.retryFailed(tx, id)))
        .isInstanceOf(Conflict.class);
  }

  @Test
  void pauseStopsWithinAWindowAndResumeGoesOn() {
    BroadcastId id = engine.start(5_000, InDoubtPolicy.LIST);
    engine.snapshot();
    engine.channel.answer =
        address -> {
          Promise<Outcome> later = Promise.promise();
          engine.hub.vertx.setTimer(5, timer -> later.complete(new Outcome.Accepted("250")));
          return later.future();
        };
    engine.dispatcher().start();
    eventually("some are sent", () -> engine.progress(id).sent() > 0);
    engine.hub.hub.inTransaction(tx -> engine.own.pause(tx, id));
    eventually(
        "nothing is under way",
        () ->
            engine.hub.hub.get(
                    "SELECT count(*) AS n FROM engine.segment WHERE state = 'LEASED'",
                    row -> row.getLong("n"))
                == 0);
    int sent = engine.progress(id).sent();
    assertThat(sent).isLessThan(5_000);
    assertThat(engine.channel.arrived).hasSize(sent);
    engine.hub.hub.inTransaction(tx -> engine.own.resume(tx, id));
    assertThat(engine.completed(id).sent()).isEqualTo(5_000);
    assertThat(engine.channel.doubled()).isZero();
  }

  @Test
  void cancelLeavesWhatIsUnsentUnsentAndTheLedgerBalances() {
    BroadcastId id = engine.start(5_000, InDoubtPolicy.LIST);
    engine.snapshot();
    engine.channel.answer =
        address -> {
          Promise<Outcome> later = Promise.promise();
          engine.hub.vertx.setTimer(5, timer -> later.complete(new Outcome.Accepted("250")));
          return later.future();
        };
    engine.dispatcher().start();
    eventually("some are sent", () -> engine.progress(id).sent() > 0);
    engine.hub.hub.inTransaction(tx -> engine.own.cancel(tx, id));
    eventually("all is settled", () -> engine.progress(id).pending() == 0);
    Progress cancelled = engine.progress(id);
    assertThat(cancelled.state()).isEqualTo(Progress.State.CANCELLED);
    assertThat(cancelled.cancelled()).isPositive();
    assertThat(engine.channel.arrived).hasSize(cancelled.sent());
    assertThat(engine.broadcasts.deliveries(id, 0, 0, 6_000, Optional.of("CANCELLED")))
        .hasSize(cancelled.cancelled());
    assertThatThrownBy(() -> engine.hub.hub.inTransaction(tx -> engine.own.resume(tx, id)))
        .isInstanceOf(Conflict.class);
  }

  @Test
  void whatACrashLeavesInDoubtIsListed() {
    BroadcastId id = engine.start(300, InDoubtPolicy.LIST);
    crashInTheMiddle(id);
    engine.dispatcher().start();
    Progress done = engine.completed(id);
    assertThat(done.inDoubt()).isEqualTo(Flight.BATCH);
    assertThat(done.sent()).isEqualTo(300 - Flight.BATCH);
    assertThat(engine.channel.doubled()).isZero();
  }

  @Test
  void whatACrashLeavesInDoubtIsSentAgainWhereThatIsThePolicy() {
    BroadcastId id = engine.start(300, InDoubtPolicy.RESEND);
    crashInTheMiddle(id);
    engine.dispatcher().start();
    Progress done = engine.completed(id);
    assertThat(done.sent()).isEqualTo(300);
    assertThat(engine.channel.arrived).hasSize(300);
    assertThat(engine.channel.doubled()).isEqualTo(Flight.BATCH);
    assertThat(
            engine.broadcasts.deliveries(id, 0, 0, 500, Optional.empty()).stream()
                .filter(Delivery::doubled))
        .hasSize(Flight.BATCH);
  }

  @Test
  void anAnswerlessDeliveryIsInDoubtAndCanBeSentAgain() {
    engine.channel.answer =
        address ->
            Future.succeededFuture(
                address.startsWith("9@")
                    ? new Outcome.InDoubt("timeout", "no reply after the final dot")
                    : new Outcome.Accepted("250"));
    BroadcastId id = engine.start(10, InDoubtPolicy.LIST);
    engine.snapshot();
    engine.dispatcher().start();
    assertThat(engine.completed(id).inDoubt()).isOne();
    engine.channel.answer = address -> Future.succeededFuture(new Outcome.Accepted("250"));
    engine.hub.hub.inTransaction(tx -> engine.own.resendInDoubt(tx, id));
    eventually("the turn ends", () -> engine.progress(id).state() == Progress.State.COMPLETED);
    assertThat(engine.progress(id).sent()).isEqualTo(10);
  }

  @Test
  void stoppingANodeLeavesNothingInDoubt() {
    BroadcastId id = engine.start(5_000, InDoubtPolicy.LIST);
    engine.snapshot();
    Dispatcher node = engine.dispatcher();
    node.start();
    eventually("some are sent", () -> engine.progress(id).sent() > 0);
    node.close();
    int sent = engine.progress(id).sent();
    assertThat(engine.channel.arrived).hasSize(sent);
    engine.dispatcher().start();
    assertThat(engine.completed(id).sent()).isEqualTo(5_000);
    assertThat(engine.channel.doubled()).isZero();
  }

  /** A node takes a segment, is granted a window, hands it over, and is never heard of again. */
  private void crashInTheMiddle(BroadcastId id) {
    engine.snapshot();
    engine.channel.answer = address -> Promise.<Outcome>promise().future();
    Dispatcher dying = engine.dispatcher();
    dying.round();
    eventually("a window is under way", () -> engine.channel.arrived.size() == Flight.BATCH);
    engine.expireLeases();
    engine.channel.answer = address -> Future.succeededFuture(new Outcome.Accepted("250"));
    assertThat(engine.progress(id).pending()).isEqualTo(300);
  }

  /** Or the third line of one list of deliveries would be the third of the next: one person. */
  @Test
  void noTwoBroadcastsToTheSameAreInTheSameOrder() {
    List<Long> one = targets(engine.start(100, InDoubtPolicy.LIST));
    List<Long> other = targets(engine.start(100, InDoubtPolicy.LIST));
    assertThat(other).isNotEqualTo(one).containsExactlyInAnyOrderElementsOf(one).hasSize(100);
  }

  private List<Long> targets(BroadcastId id) {
    engine.snapshot();
    return engine.hub.hub.list(
        "SELECT target FROM engine.recipient WHERE broadcast = $1 ORDER BY segment, ord",
        row -> row.getLong("target"),
        id.value());
  }

  @Test
  void aBroadcastObeysNobodyButItsOwner() {
    OwnedBroadcasts another = engine.broadcasts.ownedBy("another");
    BroadcastId id = engine.start(3, InDoubtPolicy.LIST);
    for (BiConsumer<Tx, BroadcastId> verb :
        List.<BiConsumer<Tx, BroadcastId>>of(
            another::pause,
            another::resume,
            another::cancel,
            another::stop,
            another::retryFailed,
            another::resendInDoubt)) {
      assertThatThrownBy(() -> engine.hub.hub.inTransaction(tx -> verb.accept(tx, id)))
          .hasMessageContaining("is not another's");
    }
    assertThat(engine.progress(id).state()).isEqualTo(Progress.State.SNAPSHOTTING);
    assertThatThrownBy(() -> engine.broadcasts.ownedBy("another"))
        .hasMessageContaining("have an owner already");
    assertThatThrownBy(
            () ->
                engine.hub.hub.run(
                    "UPDATE engine.broadcast SET owner = 'another' WHERE id = $1", id.value()))
        .hasMessageContaining("keeps its owner");
  }
}
