package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;
import org.tocsin.channels.Outcome;

/** A stop waits for nobody's throttle: at a mail domain that is closed one recipient knocks. */
class StopAtClosedDomainTest {
  private static final Outcome ACCEPTED = new Outcome.Accepted("250");
  private static final Outcome PATIENCE =
      new Outcome.Deferred("421 4.7.0", "slow down", Optional.empty());

  private final TestEngine engine = new TestEngine();
  private BroadcastId alert = new BroadcastId(0);

  /** Fifty of one domain have an alert, and then the domain asks for an hour's patience. */
  @BeforeEach
  void theDomainIsClosed() {
    engine.audience.domain = number -> "busy.example";
    alert = engine.start(50, InDoubtPolicy.RESEND);
    engine.snapshot();
    Dispatcher dispatcher = engine.dispatcher();
    dispatcher.round();
    dispatcher.awaitIdle();
    assertThat(engine.completed(alert).sent()).isEqualTo(50);
    close("1 hour");
    engine.channel.arrived.clear();
    engine.channel.idOf.clear();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private void close(String wait) {
    Group busy = engine.groups.ofMailDomain("email", "busy.example");
    engine.groups.round();
    engine.hub.hub.run(
        "UPDATE engine.grp SET stop_not_before = NULL, not_before = clock_timestamp() + interval '"
            + wait
            + "'");
    busy.close(Duration.ofHours(1), "451 4.7.1");
  }

  private void answer(Outcome outcome) {
    engine.channel.answer = address -> Future.succeededFuture(outcome);
  }

  /** Everything that may leave without the clock has left. */
  private void settle(Dispatcher dispatcher) {
    for (int i = 0; i < 5; i++) {
      dispatcher.round();
      dispatcher.awaitIdle();
    }
  }

  private int tries() {
    return engine.hub.hub.get(
        "SELECT count(*)::int AS n FROM engine.attempt", row -> row.getInteger("n"));
  }

  private boolean takesStops() {
    return engine.hub.hub.get(
        "SELECT stop_not_before IS NOT DISTINCT FROM '-infinity' AS open FROM engine.grp",
        row -> row.getBoolean("open"));
  }

  private BroadcastId stop() {
    BroadcastId stop = engine.startStop(alert);
    engine.snapshot();
    return stop;
  }

  @Test
  void oneKnocksAtOnceAndWhenItIsTakenAllFollowThoughTheDomainStaysClosedToOthers() {
    BroadcastId stop = stop();
    engine.dispatcher().start();
    assertThat(engine.completed(stop).sent()).isEqualTo(50);
    assertThat(engine.channel.arrived).hasSize(50);

    engine.channel.idOf.clear();
    BroadcastId other = engine.start(1, InDoubtPolicy.LIST);
    engine.snapshot();
    eventually("it waits", () -> !engine.broadcasts.waiting(other).isEmpty());
    assertThat(engine.progress(other).sent()).isZero();
  }

  @Test
  void refusedTheOthersKnockInTurnAMinuteLaterAndTheDomainIsNotFloodedMeanwhile() {
    answer(PATIENCE);
    BroadcastId stop = stop();
    Dispatcher dispatcher = engine.dispatcher();
    settle(dispatcher);
    assertThat(tries()).as("one try at once").isOne();
    assertThat(engine.progress(stop).pending()).isEqualTo(50);

    engine.hub.hub.run("UPDATE engine.grp SET stop_not_before = clock_timestamp()");
    settle(dispatcher);
    assertThat(tries()).as("one more when its minute is over").isEqualTo(2);
    assertThat(
            engine.hub.hub.<Boolean>get(
                "SELECT stop_not_before BETWEEN clock_timestamp() AND clock_timestamp() + interval"
                    + " '60 s' AS soon FROM engine.grp",
                row -> row.getBoolean("soon")))
        .isTrue();

    answer(ACCEPTED);
    engine.hub.hub.run("UPDATE engine.grp SET stop_not_before = clock_timestamp()");
    settle(dispatcher);
    eventually("it takes stops", this::takesStops);
    engine.makeRetriesDue();
    engine.dispatcher().start();
    assertThat(engine.completed(stop).sent()).isEqualTo(50);
  }

  @Test
  void whoKnockedInVainIsThereAgainWithinAMinuteAndIsNeverGivenUp() {
    answer(PATIENCE);
    BroadcastId stop = stop();
    Dispatcher dispatcher = engine.dispatcher();
    settle(dispatcher);
    for (int knock = 2; knock < 20; knock++) {
      engine.hub.hub.run("UPDATE engine.grp SET stop_not_before = clock_timestamp()");
      engine.hub.hub.run(
          "DELETE FROM engine.retry WHERE waits_for <> 'TRY' AND NOT ordinary"); // it alone
      engine.makeRetriesDue();
      settle(dispatcher);
    }
    assertThat(
            engine.hub.hub.<Integer>get(
                "SELECT max(attempt)::int AS n FROM engine.attempt", row -> row.getInteger("n")))
        .as("tries of the one who knocked")
        .isGreaterThan(15);
    assertThat(engine.progress(stop).failed()).isZero();
    assertThat(
            engine.hub.hub.<Boolean>get(
                "SELECT bool_and(due_at <= clock_timestamp() + interval '60 s') AS soon FROM"
                    + " engine.retry",
                row -> row.getBoolean("soon")))
        .isTrue();
  }

  @Test
  void eachStopKnocksOnceAtOnce() {
    answer(PATIENCE);
    stop();
    Dispatcher dispatcher = engine.dispatcher();
    settle(dispatcher);
    engine.channel.idOf.clear();
    stop();
    settle(dispatcher);
    assertThat(tries()).isEqualTo(2);
  }

  @Test
  void anotherUrgentMessageWaitsLikeAll() {
    BroadcastId waits = engine.start(50, InDoubtPolicy.RESEND);
    engine.snapshot();
    engine.hub.hub.run("UPDATE engine.segment SET lane = 0 WHERE broadcast = $1", waits.value());
    settle(engine.dispatcher());
    assertThat(engine.channel.arrived).isEmpty();
    assertThat(engine.progress(waits).pending()).isEqualTo(50);
  }

  @Test
  void aKnockThatNeverLeftIsGivenBack() {
    answer(new Outcome.Unsent("connect refused", Outcome.Blocks.CHANNEL));
    BroadcastId stop = stop();
    Dispatcher dispatcher = engine.dispatcher();
    dispatcher.round();
    dispatcher.awaitIdle();
    assertThat(tries()).isZero();
    eventually("it may knock again", () -> !knocked());

    answer(ACCEPTED);
    engine.makeRetriesDue();
    engine.dispatcher().start();
    assertThat(engine.completed(stop).sent()).as("as soon as there is a way").isEqualTo(50);
  }

  private boolean knocked() {
    return engine.hub.hub.get(
        "SELECT coalesce(bool_or(knocked), false) AS knocked FROM engine.tally",
        row -> row.getBoolean("knocked"));
  }

  @Test
  void aStopPassesTheRateOfADomain() {
    engine.audience.domain = number -> "slow.example";
    engine.channel.idOf.clear();
    BroadcastId waits = engine.start(400, InDoubtPolicy.RESEND);
    engine.snapshot();
    engine.hub.hub.run("UPDATE engine.segment SET lane = 0 WHERE broadcast = $1", waits.value());
    Dispatcher dispatcher = engine.dispatcher();
    dispatcher.round();
    dispatcher.awaitIdle();
    BroadcastId stop = stop();
    settle(dispatcher);
    assertThat(engine.progress(stop).sent()).isEqualTo(50);
    assertThat(engine.progress(waits).pending()).as("still let in one by one").isPositive();
  }
}
