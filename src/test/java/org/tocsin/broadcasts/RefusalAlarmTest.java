package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Outcome.Accepted;
import org.tocsin.channels.Outcome.Deferred;
import org.tocsin.channels.Outcome.Reason;
import org.tocsin.channels.Outcome.Refused;

/** A message that is refused as such is not read out to everybody first. */
class RefusalAlarmTest {
  private static final Refused BANNED = new Refused("550 5.7.1", "banned", Reason.POLICY);

  private final TestEngine engine = new TestEngine();

  @AfterEach
  void close() {
    engine.close();
  }

  private double alarms(Lane lane) {
    return engine
        .meters
        .get("tocsin.broadcasts.refused")
        .tag("lane", LaneMeter.word(lane))
        .counter()
        .count();
  }

  @Test
  void aNewsletterThatIsRefusedAsSuchPausesItselfAndGoesOnWhenStaffSaySo() {
    engine.channel.answer = _ -> Future.succeededFuture(BANNED);
    BroadcastId id = engine.start(2_000, InDoubtPolicy.LIST);
    engine.snapshot();
    engine.dispatcher().start();
    eventually("it pauses itself", () -> engine.progress(id).state() == Progress.State.PAUSED);
    Progress paused = engine.progress(id);
    assertThat(paused.refusedWith()).contains("550 5.7.1");
    assertThat(paused.pending()).as("whom it was not read out to").isPositive();
    assertThat(alarms(Lane.REPLAY)).isOne();

    engine.channel.answer = _ -> Future.succeededFuture(new Accepted("250"));
    eventually(
        "nothing is under way",
        () ->
            engine.hub.hub.get(
                    "SELECT count(*) AS n FROM engine.segment WHERE state = 'LEASED'",
                    row -> row.getLong("n"))
                == 0);
    engine.hub.hub.inTransaction(tx -> engine.own.resume(tx, id));
    Progress done = engine.completed(id);
    assertThat(done.sent()).isGreaterThan(1_000);
    assertThat(done.refusedWith()).isEmpty();
  }

  @Test
  void anAlertThatIsRefusedAsSuchGoesOnAndAlarms() {
    BroadcastId alert = engine.start(150, InDoubtPolicy.LIST);
    engine.start();
    assertThat(engine.completed(alert).sent()).isEqualTo(150);
    engine.channel.answer = _ -> Future.succeededFuture(BANNED);
    BroadcastId id = engine.startStop(alert);
    Progress all = engine.completed(id);
    assertThat(all.failed()).as("failed of " + all).isEqualTo(150);
    eventually(
        "it is marked", () -> engine.progress(id).refusedWith().equals(Optional.of("550 5.7.1")));
    assertThat(engine.progress(id).state()).isEqualTo(Progress.State.COMPLETED);
    assertThat(alarms(Lane.URGENT)).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "550 5.7.1, POLICY, true",
    "554, OTHER, true",
    "554 5.3.0, OTHER, true",
    "554 5.6.0, UNSENDABLE, true",
    "553 5.1.8, POLICY, true",
    "550 5.1.1, NO_SUCH_ADDRESS, false",
    "550, NO_SUCH_ADDRESS, false",
    "550 5.1.0, OTHER, false",
    "552 5.2.2, OTHER, false",
    "forbidden domain, FORBIDDEN, false"
  })
  void whatIsAboutAnAddressIsNeverTheMessages(String code, Reason reason, boolean alarms) {
    assertThat(hundred(new Refused(code, "", reason), 0).isPresent()).isEqualTo(alarms);
  }

  @Test
  void nearlyAllIsEnoughAndManyIsNot() {
    assertThat(hundred(BANNED, 5)).contains("550 5.7.1");
    assertThat(hundred(BANNED, 6)).isEmpty();
  }

  @Test
  void whatIsPutOffIsNoAnswer() {
    Outcome later = new Deferred("451 4.7.1", "", Optional.empty());
    FirstAnswers answers = new FirstAnswers();
    for (int i = 0; i < FirstAnswers.MANY; i++) {
      assertThat(answers.heard(1, later)).isEmpty();
    }
    assertThat(hundred(answers, BANNED, 0)).as("the first hundred answers").contains("550 5.7.1");
  }

  private static Optional<String> hundred(Outcome outcome, int accepted) {
    return hundred(new FirstAnswers(), outcome, accepted);
  }

  private static Optional<String> hundred(FirstAnswers answers, Outcome outcome, int accepted) {
    List<Optional<String>> heard =
        IntStream.range(0, FirstAnswers.MANY)
            .mapToObj(i -> answers.heard(1, i < accepted ? new Accepted("250") : outcome))
            .toList();
    assertThat(heard.subList(0, FirstAnswers.MANY - 1)).allMatch(Optional::isEmpty);
    return heard.getLast();
  }
}
