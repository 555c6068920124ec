package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Outcome.Accepted;
import org.tocsin.channels.Outcome.Blocks;
import org.tocsin.channels.Outcome.Deferred;
import org.tocsin.channels.Outcome.Unsent;

/** What goes wrong is filed under whom it belongs to: an address, a destination, the relay. */
class WhoseFaultTest {
  private static final Accepted TAKEN = new Accepted("250");
  private static final Unsent NO_LOGIN = new Unsent("auth 535 5.7.8", Blocks.CHANNEL);

  private final TestEngine engine = new TestEngine();

  @AfterEach
  void close() {
    engine.close();
  }

  private BroadcastId start(int size) {
    BroadcastId id = engine.start(size, InDoubtPolicy.LIST);
    engine.snapshot();
    return id;
  }

  private double number(String sql) {
    return engine.hub.hub.get("SELECT (" + sql + ")::float8 AS n", row -> row.getDouble("n"));
  }

  private List<Delivery> deliveries(BroadcastId id) {
    return engine.broadcasts.deliveries(id, 0, 0, 500, Optional.empty());
  }

  @Test
  void aListOfFourHundredThatIsGreylistedAddressByAddressIsOutWithinTwoMinutes() {
    Set<String> known = ConcurrentHashMap.newKeySet();
    engine.channel.answer =
        address ->
            Future.succeededFuture(
                known.add(address)
                    ? new Deferred("451 4.7.1", "greylisted", Optional.empty())
                    : TAKEN);
    BroadcastId id = start(400);
    engine.dispatcher().start();
    eventually(
        "all are put off",
        () -> number("SELECT count(*) FROM engine.retry WHERE waits_for = 'TRY'") == 400);
    assertThat(number("SELECT count(*) FROM engine.grp WHERE not_before IS NOT NULL")).isZero();
    assertThat(
            number("SELECT extract(epoch FROM max(due_at) - clock_timestamp()) FROM engine.retry"))
        .as("seconds until the last is tried again")
        .isLessThan(40);
    assertThat(deliveries(id))
        .allSatisfy(
            delivery -> {
              assertThat(delivery.state()).isEqualTo("RETRYING");
              assertThat(delivery.code()).isEqualTo("451 4.7.1");
            });
    engine.makeRetriesDue();
    assertThat(engine.completed(id).sent()).isEqualTo(400);
    assertThat(number("SELECT max(attempt) FROM engine.outcome")).isEqualTo(2);
  }

  @Test
  void aRelayThatLetsNobodyInCostsNobodyATryAndTellsWhy() {
    engine.audience.domain = number -> "d" + number % 7 + ".example";
    AtomicInteger asked = new AtomicInteger();
    engine.channel.answer =
        _ -> {
          asked.incrementAndGet();
          return Future.succeededFuture(NO_LOGIN);
        };
    BroadcastId id = start(300);
    Dispatcher dispatcher = engine.dispatcher();
    dispatcher.start();
    eventually(
        "all wait for the relay",
        () -> number("SELECT count(*) FROM engine.retry WHERE waits_for = 'RELAY'") == 300);
    assertThat(asked.get()).as("those under way at once").isLessThanOrEqualTo(Window.MOST);
    assertThat(deliveries(id))
        .allSatisfy(
            delivery -> {
              assertThat(delivery.state()).isEqualTo("RETRYING");
              assertThat(delivery.code()).isEqualTo("auth 535 5.7.8");
              assertThat(delivery.attempts()).isZero();
            });
    assertThat(engine.broadcasts.waiting(id))
        .singleElement()
        .satisfies(
            waiting -> {
              assertThat(waiting.reason()).isEqualTo(Waiting.Reason.RELAY);
              assertThat(waiting.why()).isEqualTo("auth 535 5.7.8");
            });
    assertThat(number("SELECT count(*) FROM engine.grp WHERE not_before > clock_timestamp()"))
        .as("nothing is said of a recipient's domain")
        .isEqualTo(1);
    assertThat(number("SELECT count(*) FROM engine.attempt")).isZero();

    engine.channel.answer = _ -> Future.succeededFuture(TAKEN);
    engine.hub.hub.run("UPDATE engine.grp SET not_before = clock_timestamp()");
    dispatcher.close();
    TestEngine elsewhere = new TestEngine(engine.hub, List.of());
    elsewhere.audience.domain = engine.audience.domain;
    engine.makeRetriesDue();
    Dispatcher other = elsewhere.dispatcher();
    eventually(
        "another node that finds a way out sends all",
        () -> {
          other.round();
          other.awaitIdle();
          return engine.progress(id).sent() == 300;
        });
    assertThat(deliveries(id)).allSatisfy(one -> assertThat(one.attempts()).isOne());
  }

  @Test
  void whoFoundAllConnectionsBusyIsNotCountedAsTried() {
    AtomicInteger asked = new AtomicInteger();
    engine.channel.answer =
        _ ->
            Future.succeededFuture(
                asked.incrementAndGet() == 1 ? new Unsent("busy", Blocks.NOTHING) : TAKEN);
    BroadcastId id = start(1);
    engine.dispatcher().start();
    eventually("it waits", () -> number("SELECT count(*) FROM engine.retry") == 1);
    assertThat(number("SELECT count(*) FROM engine.grp WHERE not_before IS NOT NULL")).isZero();
    engine.makeRetriesDue();
    assertThat(engine.completed(id).sent()).isOne();
    assertThat(deliveries(id).getFirst().attempts()).isOne();
  }

  @Test
  void aDestinationThatHasItsShareOfTheConnectionsWaitsAndTheOthersDoNot() {
    engine.audience.domain = number -> number <= 10 ? "slow.test" : "open.test";
    engine.channel.answer =
        address ->
            Future.succeededFuture(
                address.endsWith("@slow.test") ? new Unsent("slow", Blocks.DESTINATION) : TAKEN);
    BroadcastId id = start(100);
    engine.dispatcher().start();
    eventually("the others have it", () -> engine.progress(id).sent() == 90);
    eventually(
        "the slow one waits, untried",
        () ->
            number(
                    "SELECT count(*) FROM engine.retry WHERE waits_for = 'RATE' AND attempt = 0 AND"
                        + " code = 'slow'")
                == 10);
  }

  @Test
  void aSegmentOfWhichOnlyAnAnswerIsWaitedForHoldsUpNoOther() {
    Promise<Outcome> late = Promise.promise();
    AtomicInteger asked = new AtomicInteger();
    engine.channel.answer =
        _ -> asked.incrementAndGet() == 1 ? late.future() : Future.succeededFuture(TAKEN);
    BroadcastId first = start(1);
    engine.dispatcher().start();
    try {
      eventually("the first is under way", () -> asked.get() == 1);
      engine.words = "Hello again";
      BroadcastId second = start(1);
      assertThat(engine.completed(second).sent()).isOne();
      assertThat(engine.progress(first).pending()).isOne();
    } finally {
      late.complete(TAKEN);
    }
    assertThat(engine.completed(first).sent()).isOne();
    assertThat(engine.channel.arrived).isEqualTo(Map.of("1@numbers.example", 2));
  }

  @Test
  void aRetryThatIsAnsweredAfterItsLeaseIsStillHeldByWhoWaits() {
    BroadcastId id = engine.startInVain(1);
    engine.makeRetriesDue();
    RetryRepository.Held held = engine.claimRetries(1).getFirst();
    Promise<Outcome> late = Promise.promise();
    engine.channel.answer = _ -> late.future();
    Thread run = Thread.ofVirtual().start(() -> engine.run(held));
    try {
      engine.hub.hub.run(
          "UPDATE engine.retry SET lease_until = clock_timestamp() + interval '1 s'");
      eventually(
          "the lease is renewed",
          () ->
              number(
                      "SELECT count(*) FROM engine.retry WHERE lease_until > clock_timestamp() +"
                          + " interval '100 s'")
                  == 1);
    } finally {
      late.complete(TAKEN);
    }
    join(run);
    assertThat(engine.progress(id).sent()).isOne();
  }

  private static void join(Thread run) {
    try {
      run.join();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
