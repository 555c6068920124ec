package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;
import org.tocsin.channels.Outcome;

/** What operators see of the engine, in numbers. */
class EngineMetersTest {
  private final TestEngine engine = new TestEngine();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void everyOutcomeIsCountedOnceByChannelAndLane() {
    engine.audience.gone.put(1L, "unsubscribed");
    engine.channel.answer =
        address ->
            Future.succeededFuture(
                switch (address) {
                  case "2@numbers.example" ->
                      new Outcome.Refused("550", "no such person", Outcome.Reason.GONE);
                  case "3@numbers.example" -> new Outcome.InDoubt("lost", "no answer");
                  case "4@numbers.example" ->
                      new Outcome.Deferred("451", "later", Optional.of(Duration.ofHours(1)));
                  default -> new Outcome.Accepted("250");
                });
    engine.start(1_500, InDoubtPolicy.LIST);
    engine.snapshot();
    engine.dispatcher().start();
    eventually("all but one are settled", () -> count("sent") == 1_496);
    assertThat(count("suppressed")).isOne();
    assertThat(count("failed")).isOne();
    assertThat(count("in_doubt")).isOne();
    assertThat(count("deferred")).isOne();
    assertThat(claimed()).isEqualTo(2);

    engine.channel.answer = address -> Future.succeededFuture(new Outcome.Accepted("250"));
    BacklogMeter backlog = backlog();
    backlog.round();
    assertThat(gauge("tocsin.retries.waiting")).isOne();
    engine.makeRetriesDue();
    eventually("the one is tried again", () -> count("sent") == 1_497);
    backlog.round();
    assertThat(gauge("tocsin.retries.waiting")).isZero();
  }

  @Test
  void aBroadcastThatNobodySendsIsSeenToAge() {
    engine.start(10, InDoubtPolicy.LIST);
    engine.snapshot();
    BacklogMeter backlog = backlog();
    assertThat(gauge("tocsin.watermark.age.seconds")).as("not yet measured").isNaN();
    backlog.round();
    assertThat(gauge("tocsin.watermark.age.seconds")).isBetween(0d, 60d);
    assertThat(engine.broadcasts.stuck()).isZero();

    engine.hub.hub.run("UPDATE engine.broadcast SET started_at = started_at - interval '5 min'");
    backlog.round();
    assertThat(gauge("tocsin.watermark.age.seconds")).isBetween(300d, 360d);
    assertThat(gauge("tocsin.segments.oldest.ready.seconds")).isBetween(300d, 360d);
    assertThat(engine.broadcasts.stuck()).as("as readiness asks").isOne();

    engine.dispatcher().start();
    eventually("it is sent", () -> count("sent") == 10);
    backlog.round();
    assertThat(gauge("tocsin.watermark.age.seconds")).as("nothing waits").isZero();
    assertThat(engine.broadcasts.stuck()).isZero();
  }

  private BacklogMeter backlog() {
    return new BacklogMeter(engine.meters, engine.hub.courier, List.of("email"));
  }

  private double count(String outcome) {
    return engine
        .meters
        .get("tocsin.deliveries")
        .tags("channel", "email", "lane", "replay", "outcome", outcome)
        .counter()
        .count();
  }

  private double claimed() {
    return engine
        .meters
        .get("tocsin.segments.claimed")
        .tags("channel", "email", "lane", "replay")
        .counter()
        .count();
  }

  private double gauge(String name) {
    return engine.meters.get(name).tags("channel", "email", "lane", "replay").gauge().value();
  }
}
