package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Future;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;
import org.tocsin.channels.Outcome;

/** All nodes together keep the rate of a channel, and what is urgent does not wait for it. */
class PassageTest {
  private final TestEngine engine = new TestEngine();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void asManyPlacesAreDrawnAsLeaveOverAllNodes() {
    engine.rate = OptionalDouble.of(100);
    double before = now();
    BroadcastId id = engine.start(150, InDoubtPolicy.LIST);
    engine.snapshot();
    IntStream.range(0, 3).forEach(node -> engine.dispatcher().start());
    assertThat(engine.completed(id).sent()).isEqualTo(150);
    assertThat(engine.channel.doubled()).isZero();
    assertThat(drawn() - before).as("seconds for 150 at 100 a second").isGreaterThan(1.49);
  }

  @Test
  void nothingLeavesBeforeItsPlace() {
    engine.rate = OptionalDouble.of(10);
    drawAnHour();
    BroadcastId id = engine.start(20, InDoubtPolicy.LIST);
    engine.snapshot();
    Dispatcher dispatcher = engine.dispatcher();
    dispatcher.start();
    eventually("it is claimed", () -> leased() == 1);
    BroadcastId other = engine.start(20, InDoubtPolicy.LIST);
    engine.snapshot();
    eventually("others wait for their turn", () -> engine.progress(other).pending() == 20);
    assertThat(engine.progress(id).pending()).isEqualTo(20);
    assertThat(engine.channel.arrived).isEmpty();
  }

  @Test
  void whoWaitsForAPlaceKeepsTheirLease() {
    engine.rate = OptionalDouble.of(10);
    drawAnHour();
    engine.start(20, InDoubtPolicy.LIST);
    engine.snapshot();
    engine.dispatcher().start();
    eventually("it is claimed", () -> leased() == 1);
    double until = leasedUntil();
    eventually("it is renewed", () -> leasedUntil() > until);
    assertThat(engine.channel.arrived).isEmpty();
  }

  @Test
  void aLetterToOnePersonDoesNotWaitAndTheOthersWaitTheLonger() {
    engine.rate = OptionalDouble.of(10);
    drawAnHour();
    double before = drawn();
    BroadcastId waiting = engine.start(20, InDoubtPolicy.LIST);
    engine.snapshot();
    Dispatcher dispatcher = engine.dispatcher();
    dispatcher.start();
    eventually("it is claimed", () -> leased() == 1);
    double claimed = drawn();
    engine.audience.size = 5;
    BroadcastId first =
        engine.hub.hub.transaction(
            tx -> engine.own.start(tx, engine.order(Lane.TRANSACTIONAL, InDoubtPolicy.LIST)));
    engine.snapshot();
    assertThat(engine.completed(first).sent()).isEqualTo(5);
    assertThat(engine.progress(waiting).pending()).isEqualTo(20);
    assertThat(claimed).isGreaterThanOrEqualTo(before);
    eventually("five places are drawn", () -> drawn() - claimed > 0.49);
  }

  @Test
  void whatIsTriedAgainKeepsTheRateToo() {
    BroadcastId id = engine.startInVain(5);
    engine.channel.answer = address -> Future.succeededFuture(new Outcome.Accepted("250"));
    engine.makeRetriesDue();
    engine.rate = OptionalDouble.of(10);
    drawAnHour();
    Dispatcher dispatcher = engine.dispatcher();
    dispatcher.round();
    dispatcher.awaitIdle();
    assertThat(engine.progress(id).sent()).isZero();
    engine.hub.hub.run("DELETE FROM engine.bucket");
    Dispatcher later = engine.dispatcher();
    later.start();
    assertThat(engine.completed(id).sent()).isEqualTo(5);
  }

  /** Somebody took the places of the next hour. */
  private void drawAnHour() {
    new BucketRepository().draw(engine.hub.courier, "channel:email", 36_000, 10);
  }

  private double now() {
    return engine.hub.hub.get(
        "SELECT extract(epoch FROM clock_timestamp())::float8 AS t", row -> row.getDouble("t"));
  }

  private double drawn() {
    return engine.hub.hub.get(
        "SELECT extract(epoch FROM drawn)::float8 AS t FROM engine.bucket WHERE name ="
            + " 'channel:email'",
        row -> row.getDouble("t"));
  }

  private double leasedUntil() {
    return engine.hub.hub.get(
        "SELECT extract(epoch FROM max(lease_until))::float8 AS t FROM engine.segment",
        row -> row.getDouble("t"));
  }

  private int leased() {
    return engine.hub.hub.get(
        "SELECT count(*)::int AS n FROM engine.segment WHERE state = 'LEASED'",
        row -> row.getInteger("n"));
  }
}
