package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;
import org.tocsin.channels.Outcome;

/** Mail domains and endpoints that have a rate, or ask for patience. */
class GroupsTest {
  private static final Executor THREADS = task -> Thread.ofPlatform().start(task);

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

  private long count(String what) {
    return engine.hub.hub.get("SELECT count(*) AS n FROM " + what, row -> row.getLong("n"));
  }

  @Test
  void aDomainThatAsksForPatienceIsLeftAloneAndTheOthersAreNot() {
    engine.audience.domain = number -> number % 2 == 0 ? "busy.example" : "open.example";
    engine.channel.answer =
        address ->
            Future.succeededFuture(
                address.endsWith("@busy.example")
                    ? new Outcome.Deferred("451 4.7.1", "slow down", Optional.empty())
                    : new Outcome.Accepted("250"));
    BroadcastId first = start(20);
    Dispatcher dispatcher = engine.dispatcher();
    dispatcher.start();
    eventually("the open ones have it", () -> engine.progress(first).sent() == 10);
    assertThat(count("engine.grp WHERE not_before > now()"))
        .as("the first refusal of each is its own matter")
        .isZero();
    engine.makeRetriesDue();
    eventually(
        "the domain is closed for all", () -> count("engine.grp WHERE not_before > now()") == 1);
    engine.channel.idOf.clear();
    engine.channel.answer =
        address -> {
          assertThat(address).endsWith("@open.example");
          return Future.succeededFuture(new Outcome.Accepted("250"));
        };
    BroadcastId second = start(100);
    eventually("the open ones have it", () -> engine.progress(second).sent() == 50);
    eventually(
        "the others wait untried",
        () ->
            count(
                    "engine.retry WHERE waits_for = 'RATE' AND attempt = 0 AND broadcast = "
                        + second.value())
                == 50);
    assertThat(engine.progress(second).pending()).isEqualTo(50);
    assertThat(engine.broadcasts.waiting(second))
        .singleElement()
        .satisfies(
            waiting -> {
              assertThat(waiting.reason()).isEqualTo(Waiting.Reason.RATE);
              assertThat(waiting.many()).isEqualTo(50);
            });
  }

  @Test
  void anotherNodeHearsOfIt() {
    Group busy = engine.groups.ofMailDomain("email", "busy.example");
    refuseOften(engine.groups, busy);
    eventually("it is written", () -> count("engine.grp WHERE not_before > now()") == 1);
    Groups elsewhere = engine.newGroups();
    Group same = elsewhere.ofMailDomain("email", "busy.example");
    assertThat(same.closedFor(System.nanoTime())).isZero();
    elsewhere.hear();
    assertThat(same.closedFor(System.nanoTime())).isPositive();
  }

  private static void refuseOften(Groups groups, Group group) {
    for (int i = 0; i < RefusalRate.MANY; i++) {
      groups.observe(1, group, new Outcome.Deferred("421 4.7.0", "later", Optional.empty()), true);
    }
  }

  @Test
  void aNodeThatHasWrittenToNobodyYetHearsOfItBeforeItDoes() {
    engine.audience.domain = number -> "busy.example";
    start(1);
    refuseOften(engine.newGroups(), engine.groups.ofMailDomain("email", "busy.example"));
    eventually("it is written", () -> count("engine.grp WHERE not_before > now()") == 1);
    TestEngine elsewhere = new TestEngine(engine.hub, List.of());
    elsewhere.audience.domain = number -> "busy.example";
    elsewhere.dispatcher().round();
    eventually("it waits", () -> count("engine.retry WHERE waits_for = 'RATE'") == 1);
    assertThat(elsewhere.channel.arrived).isEmpty();
  }

  @Test
  void itTakesItsOwnTimeWhereItSaysHowLong() {
    Group endpoint = engine.groups.ofEndpoint("webhook", "endpoints:7", OptionalDouble.empty());
    engine.groups.observe(
        start(1).value(),
        endpoint,
        new Outcome.Deferred("HTTP 429", "", Optional.of(Duration.ofHours(3))),
        true);
    eventually(
        "it is written",
        () -> count("engine.grp WHERE not_before > now() + interval '2 hours 59 minutes'") == 1);
    assertThat(endpoint.closedFor(System.nanoTime())).isGreaterThan(Duration.ofMinutes(179));
  }

  @Test
  void severalWhoMeetADomainAtOnceMeetTheSameOne() {
    for (int i = 0; i < 200; i++) {
      String domain = "d" + i + ".example";
      CyclicBarrier together = new CyclicBarrier(4);
      List<CompletableFuture<Group>> all =
          IntStream.range(0, 4)
              .mapToObj(n -> CompletableFuture.supplyAsync(() -> meet(domain, together), THREADS))
              .toList();
      assertThat(all.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }
  }

  private Group meet(String domain, CyclicBarrier together) {
    try {
      together.await();
    } catch (InterruptedException | BrokenBarrierException broken) {
      throw new IllegalStateException(broken);
    }
    return engine.groups.ofMailDomain("email", domain);
  }

  @Test
  void howABroadcastGoesWithADomainIsTold() {
    engine.audience.domain = number -> "d" + number % 3 + ".example";
    engine.channel.answer =
        address ->
            Future.succeededFuture(
                address.endsWith("@d1.example")
                    ? new Outcome.Refused("550 5.1.1", "nobody", Outcome.Reason.NO_SUCH_ADDRESS)
                    : new Outcome.Accepted("250"));
    BroadcastId id = start(30);
    engine.dispatcher().start();
    engine.completed(id);
    engine.groups.round();
    assertThat(
            engine.hub.hub.list(
                "SELECT accepted, deferred, refused FROM engine.tally WHERE broadcast = $1",
                row ->
                    List.of(
                        row.getInteger("accepted"),
                        row.getInteger("deferred"),
                        row.getInteger("refused")),
                id.value()))
        .containsExactlyInAnyOrder(List.of(10, 0, 0), List.of(0, 0, 10), List.of(10, 0, 0));
  }

  @Test
  void domainsOfTenTriesAreNamedAndTheRestIsOneRow() {
    engine.audience.domain =
        number -> number <= 12 ? "large.example" : "small" + number + ".example";
    BroadcastId id = start(20);
    engine.dispatcher().start();
    engine.completed(id);
    engine.groups.round();
    assertThat(engine.broadcasts.domains(id))
        .containsExactly(
            new DomainTally(Optional.of("large.example"), 12, 0, 0, Optional.empty()),
            new DomainTally(Optional.empty(), 8, 0, 0, Optional.empty()));
  }

  @Test
  void patienceDoublesUpToAnHourAndAWishIsHeard() {
    assertThat(SlowDown.wait(Optional.empty(), 0)).isEqualTo(Duration.ofSeconds(15));
    assertThat(SlowDown.wait(Optional.empty(), 3)).isEqualTo(Duration.ofMinutes(2));
    assertThat(SlowDown.wait(Optional.empty(), 60)).isEqualTo(Duration.ofHours(1));
    assertThat(SlowDown.wait(Optional.of(Duration.ofHours(2)), 0)).isEqualTo(Duration.ofHours(2));
    assertThat(SlowDown.asks(new Outcome.Deferred("450 4.2.1", "", Optional.empty()))).isFalse();
    assertThat(SlowDown.asks(new Outcome.Refused("550 5.7.1", "", Outcome.Reason.POLICY)))
        .isFalse();
  }
}
