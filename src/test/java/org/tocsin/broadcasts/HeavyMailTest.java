package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;
import org.tocsin.channels.Outcome;

/** What is printed and has not arrived is bounded by its bytes, however many wait for it. */
class HeavyMailTest {
  /** A message fills all that is printed together. */
  private static final String HEAVY = "x".repeat(1_500_000);

  private final TestEngine engine = new TestEngine();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void fewAreReadyAndUnderWayWhereEachIsHeavy() {
    engine.words = HEAVY;
    engine.channel.answer = address -> soon(new Outcome.Accepted("250"));
    BroadcastId id = engine.start(40, InDoubtPolicy.LIST);
    engine.snapshot();
    engine.dispatcher().start();
    assertThat(engine.completed(id).sent()).isEqualTo(40);
    assertThat(engine.channel.mostPrinted.get()).isBetween(2, 4);
  }

  @Test
  void fewAreTriedAgainAtOnceWhereEachIsHeavy() {
    engine.words = HEAVY;
    BroadcastId id = engine.startInVain(20);
    engine.channel.mostPrinted.set(0);
    engine.channel.answer = address -> soon(new Outcome.Accepted("250"));
    engine.makeRetriesDue();
    engine.dispatcher().start();
    assertThat(engine.completed(id).sent()).isEqualTo(20);
    assertThat(engine.channel.doubled()).isZero();
    assertThat(engine.channel.mostPrinted.get()).isBetween(1, 3);
  }

  @Test
  void aFullBatchIsReadyWhereEachIsLight() {
    engine.channel.answer = address -> soon(new Outcome.Accepted("250"));
    BroadcastId id = engine.start(300, InDoubtPolicy.LIST);
    engine.snapshot();
    engine.dispatcher().start();
    assertThat(engine.completed(id).sent()).isEqualTo(300);
    assertThat(engine.channel.mostPrinted.get()).isBetween(Flight.BATCH, 3 * Flight.BATCH);
  }

  private Future<Outcome> soon(Outcome outcome) {
    Promise<Outcome> answer = Promise.promise();
    engine.hub.vertx.setTimer(20, at -> answer.complete(outcome));
    return answer.future();
  }
}
