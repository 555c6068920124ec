package org.tocsin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.chaos.ChaosScene.Issue;

/**
 * The clock of a node's machine jumps by more than a day, and nothing goes early, late or twice.
 */
interface ClockCases {
  int LAST_LOOK_MINUTES = 10;

  ChaosScene scene();

  @ParameterizedTest
  @ValueSource(ints = {26, -26})
  default void aMachineWhoseClockJumpsSendsAllAndLetsNothingGoBeforeItsTime(int hours) {
    scene().faults(ChaosScene.slow());
    scene().partners.faults(ChaosScene.slow());
    scene().alerts.release(scene().alerts.approved(), LAST_LOOK_MINUTES);
    Sending looked = scene().alerts.sending();
    Issue issue = scene().releaseToAll();
    issue.events().awaitReceived(issue.events().due / 3);
    JumpingHub.jump(scene().desk().folder(), Duration.ofHours(hours));
    try {
      issue.events().await("the hub says so", () -> Math.round(ahead() / 3_600) == hours);
      String words = "the clock jumps by " + hours + " h";
      sentToAll(issue.events(), words + ", webhooks");
      sentToAll(issue.letters(), words + ", newsletter");
      scene().faults(new JsonObject());
      scene().alerts.release(scene().alerts.approved(), 0);
      sentToAll(scene().alerts.sending(), words + ", alert");
      assertThat(looked.ledger().total()).as("it waits for its last look").isZero();
    } finally {
      JumpingHub.jump(scene().desk().folder(), Duration.ZERO);
      looked.stop();
    }
  }

  /** The receiver refuses a webhook of another time than its own. */
  private static void sentToAll(Sending sending, String name) {
    sending.awaitCompleted();
    Verdict verdict = sending.verdict(name, 0).leavesNoDoubt();
    assertThat(verdict.sent()).isEqualTo(sending.due);
    assertThat(sending.deliveries()).allMatch(one -> one.attempts() == 1);
  }

  private double ahead() {
    return scene().desk().metric("tocsin_clock_ahead_seconds");
  }
}
