package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Promise;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;
import org.tocsin.channels.Outcome;

/** A node's clock may jump: what is whose, and for how long, only the database's clock says. */
class LeaseClockTest {
  private final TestEngine engine = new TestEngine();

  @AfterEach
  void close() {
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {26, -26})
  void aClockThatJumpsTakesNoLeaseAndLosesNone(int hours) {
    Promise<Outcome> answer = Promise.promise();
    engine.channel.answer = _ -> answer.future();
    BroadcastId id = engine.start(10, InDoubtPolicy.LIST);
    engine.snapshot();
    engine.dispatcher().round();
    eventually("all are under way", () -> engine.channel.arrived.size() == 10);
    engine.hub.clock.advance(Duration.ofHours(hours));
    engine.dispatcher().round();
    assertThat(epoch(id)).as("nobody else claimed it").isOne();
    answer.complete(new Outcome.Accepted("250"));
    assertThat(engine.completed(id).sent()).isEqualTo(10);
    assertThat(epoch(id)).isOne();
    assertThat(engine.channel.doubled()).isZero();
  }

  private int epoch(BroadcastId id) {
    return engine.hub.hub.get(
        "SELECT epoch FROM engine.segment WHERE broadcast = $1",
        row -> row.getInteger("epoch"),
        id.value());
  }
}
