package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;
import org.tocsin.channels.Outcome;

/** The engine's end. */
class DispatchVerticleTest {
  /** Longer than a dispatcher waits for a ring. */
  private static final long A_WHILE = TimeUnit.SECONDS.toNanos(3);

  private final TestEngine engine = new TestEngine();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void whileOneChannelDrainsNothingIsClaimedOnAnother() {
    AtomicBoolean underWay = new AtomicBoolean();
    Promise<Outcome> answer = Promise.promise();
    engine.channel.answer =
        address -> {
          underWay.set(true);
          return answer.future();
        };
    DispatchVerticle verticle = verticle();
    engine.hub.vertx.deployVerticle(verticle).await();
    engine.start(1, InDoubtPolicy.LIST);
    eventually("a mail is under way", underWay::get);
    Future<?> ending = stop(verticle);
    BroadcastId late = startWebhook();
    engine.snapshot();
    long begun = System.nanoTime();
    eventually("a while", () -> System.nanoTime() - begun > A_WHILE);
    assertThat(ending.isComplete()).as("the mail is waited for").isFalse();
    answer.complete(new Outcome.Accepted("250"));
    ending.await();
    assertThat(engine.webhooks.arrived).isEmpty();
    assertThat(engine.progress(late).pending()).isOne();
  }

  /** On a thread like those that the hub gives it; returns when it was told. */
  private Future<?> stop(DispatchVerticle verticle) {
    Promise<Void> ended = Promise.promise();
    AtomicBoolean told = new AtomicBoolean();
    ((VertxInternal) engine.hub.vertx)
        .createVirtualThreadContext()
        .runOnContext(
            _ -> {
              verticle.stop().<Void>mapEmpty().onComplete(ended);
              told.set(true);
            });
    eventually("it is told", told::get);
    return ended.future();
  }

  private DispatchVerticle verticle() {
    return new DispatchVerticle(
        engine.hub.hub,
        engine.hub.courier,
        engine.hub.keyring,
        engine.hub.bus,
        engine.hub.clock,
        List.of(engine.audience),
        Map.of(engine.channel, 8, engine.webhooks, 8),
        Map.of(),
        Map.of(),
        engine.meters);
  }

  private BroadcastId startWebhook() {
    BroadcastOrder order =
        new BroadcastOrder(
            Optional.empty(),
            "webhook",
            Lane.REPLAY,
            "test",
            "A test",
            "numbers",
            new JsonObject(),
            Map.of("en", new JsonObject()),
            InDoubtPolicy.LIST,
            engine.hub.clock.instant(),
            engine.hub.clock.instant().plus(Duration.ofDays(3)));
    return engine.hub.hub.transaction(tx -> engine.own.start(tx, order));
  }
}
