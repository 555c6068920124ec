package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;
import org.tocsin.channels.Outcome;
import org.tocsin.platform.database.DatabaseFailure;

/** Who waits for a group stands in its queue, and the group lets in whom it can take. */
class GroupQueueTest {
  private final TestEngine engine = new TestEngine();

  @BeforeEach
  void allAreOfASlowDomain() {
    engine.audience.domain = number -> "slow.example";
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private BroadcastId start(Lane lane, int size) {
    engine.audience.size = size;
    BroadcastId id =
        engine.hub.hub.transaction(
            tx -> engine.own.start(tx, engine.order(lane, InDoubtPolicy.LIST)));
    engine.snapshot();
    return id;
  }

  /** All of them stand in the queue. */
  private BroadcastId queued(Lane lane, int size) {
    BroadcastId id = start(lane, size);
    Dispatcher dispatcher = engine.dispatcher();
    dispatcher.round();
    dispatcher.awaitIdle();
    return id;
  }

  private double number(String sql) {
    return engine.hub.hub.get("SELECT (" + sql + ")::float8 AS n", row -> row.getDouble("n"));
  }

  private double drawn() {
    return number(
        "SELECT extract(epoch FROM max(drawn) - clock_timestamp()) FROM engine.bucket WHERE name"
            + " LIKE 'grp:%'");
  }

  @Test
  void aDomainWithARateLetsInOneAfterTheOther() {
    double before = number("SELECT extract(epoch FROM clock_timestamp())");
    BroadcastId id = queued(Lane.REPLAY, 60);
    assertThat(engine.progress(id).sent()).isZero();
    engine.dispatcher().start();
    engine.dispatcher().start();
    assertThat(engine.completed(id).sent()).isEqualTo(60);
    assertThat(number("SELECT extract(epoch FROM max(drawn)) FROM engine.bucket") - before)
        .as("seconds for 60 at 40 a second")
        .isGreaterThan(1.49);
  }

  @Test
  void placesAreDrawnForThoseWhoseTurnItIsAndNotForTheWholeQueue() {
    queued(Lane.REPLAY, 1_000);
    Dispatcher dispatcher = engine.dispatcher();
    for (int i = 0; i < 10; i++) {
      dispatcher.round();
      dispatcher.awaitIdle();
    }
    assertThat(number("SELECT count(*) FROM engine.retry WHERE grp <> ''")).isGreaterThan(900);
    assertThat(drawn()).as("seconds ahead").isLessThan(1);
  }

  @Test
  void theLaneBeforeOvertakesInTheQueue() {
    BroadcastId many = queued(Lane.REPLAY, 400);
    BroadcastId first = queued(Lane.TRANSACTIONAL, 12);
    Dispatcher dispatcher = engine.dispatcher();
    long before = engine.progress(many).sent();
    eventually(
        "the first lane is out",
        () -> {
          dispatcher.round();
          dispatcher.awaitIdle();
          return engine.progress(first).sent() == 12;
        });
    assertThat(engine.progress(many).sent() - before)
        .as("let in with the last of them")
        .isLessThan(8);
  }

  @Test
  void nobodyIsClaimedWhoWaitsForAGroupThatIsClosed() {
    BroadcastId id = queued(Lane.REPLAY, 20);
    engine.hub.hub.run(
        "UPDATE engine.grp SET not_before = clock_timestamp() + interval '1 hour', per_second ="
            + " NULL");
    engine.makeRetriesDue();
    Dispatcher dispatcher = engine.dispatcher();
    dispatcher.round();
    dispatcher.awaitIdle();
    assertThat(number("SELECT count(*) FROM engine.retry WHERE epoch = 0")).isEqualTo(20);
    engine.hub.hub.run("UPDATE engine.grp SET not_before = NULL");
    engine.dispatcher().start();
    assertThat(engine.completed(id).sent()).isEqualTo(20);
  }

  @Test
  void theRateIsWrittenDownForTheNodesThatNeverMetTheGroup() {
    queued(Lane.REPLAY, 1);
    assertThat(number("SELECT per_second FROM engine.grp")).isEqualTo(40);
    engine.hub.hub.run("UPDATE engine.grp SET per_second = 0.001");
    assertThat(dueRates()).containsExactly(0.001);
  }

  private List<Double> dueRates() {
    return engine.retries.due(engine.hub.courier, "email").stream()
        .map(queue -> queue.perSecond().orElseThrow())
        .toList();
  }

  @Test
  void aDomainThatLostItsRateIsLimitedNoLonger() {
    queued(Lane.REPLAY, 1);
    Groups later =
        new Groups(
            engine.hub.courier, engine.hub.keyring.sealer(), engine.hub.keyring.lookup(), Map.of());
    later.round();
    assertThat(number("SELECT count(per_second) FROM engine.grp")).isZero();
  }

  @Test
  void aClaimThatFailsHalfwayKeepsNoPlaces() {
    engine.audience.domain = number -> number > 5 ? "numbers.example" : "slow.example";
    engine.channel.answer =
        address -> Future.succeededFuture(new Outcome.Deferred("451", "later", Optional.empty()));
    BroadcastId id = queued(Lane.REPLAY, 10);
    engine.channel.answer = address -> Future.succeededFuture(new Outcome.Accepted("250"));
    engine.makeRetriesDue();
    engine.hub.hub.run("REVOKE UPDATE ON engine.bucket FROM tocsin_courier");
    Dispatcher dispatcher = engine.dispatcher();
    for (int i = 0; i < Window.MOST; i++) {
      assertThatThrownBy(dispatcher::round).isInstanceOf(DatabaseFailure.class);
    }
    engine.hub.hub.run("GRANT UPDATE ON engine.bucket TO tocsin_courier");
    engine.dispatcher().start();
    assertThat(engine.completed(id).sent()).isEqualTo(10);
  }

  @Test
  void whoWaitsOfAPausedBroadcastIsOutOfTheWayUntilItGoesOn() {
    BroadcastId paused = queued(Lane.REPLAY, 50);
    engine.hub.hub.inTransaction(tx -> engine.own.pause(tx, paused));
    engine.dispatcher().round();
    assertThat(number("SELECT count(*) FROM engine.retry WHERE parked")).isEqualTo(50);
    assertThat(dueRates()).isEmpty();
    engine.hub.hub.inTransaction(tx -> engine.own.resume(tx, paused));
    engine.dispatcher().start();
    assertThat(engine.completed(paused).sent()).isEqualTo(50);
  }

  @Test
  void aStopFindsThoseTooWhoAreOutOfTheWay() {
    BroadcastId paused = queued(Lane.REPLAY, 50);
    engine.hub.hub.inTransaction(tx -> engine.own.pause(tx, paused));
    engine.dispatcher().round();
    engine.hub.hub.inTransaction(tx -> engine.own.cancel(tx, paused));
    assertThat(engine.completed(paused).cancelled()).isEqualTo(50);
  }

  @Test
  void aCancelCutsOffWhoStandsInTheQueue() {
    BroadcastId id = queued(Lane.REPLAY, 50);
    engine.hub.hub.inTransaction(tx -> engine.own.cancel(tx, id));
    assertThat(engine.completed(id).cancelled()).isEqualTo(50);
    assertThat(engine.channel.arrived).isEmpty();
  }
}
