package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Promise;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;
import org.tocsin.channels.Outcome;

/** A test that fails says why, and keeps nobody waiting. */
class TestEngineTest {
  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void whatATestNeverAnsweredIsAnsweredWhenItsEngineCloses() {
    TestEngine engine = new TestEngine();
    Promise<Outcome> never = Promise.promise();
    engine.channel.answer = address -> never.future();
    engine.start(1, InDoubtPolicy.LIST);
    engine.snapshot();
    engine.dispatcher().round();
    eventually("it is under way", () -> engine.channel.arrived.size() == 1);
    engine.close();
    assertThat(never.future().isComplete()).isFalse();
  }
}
