package org.tocsin.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tocsin.broadcasts.Progress.State;
import org.tocsin.platform.errors.HubException.Conflict;

/** Staff pause, cancel and stop, at every step, and no node's bus hears of it. */
interface ControlCases {
  int PAUSES = 20;
  long A_SECOND = TimeUnit.SECONDS.toNanos(1);
  long TWO_SECONDS = TimeUnit.SECONDS.toNanos(2);

  /** How far a broadcast is when somebody calls it off. */
  enum Step {
    BEFORE_THE_SNAPSHOT,
    WHILE_SENDING,
    WHILE_PAUSED,
    WHILE_RETRIES_WAIT,
    WHEN_COMPLETE
  }

  ChaosScene scene();

  @Test
  default void pausedAndResumedTwentyTimesNobodyIsMissedOrDoubled() {
    scene().faults(ChaosScene.slow());
    Sending sending = scene().release();
    for (int time = 1; time <= PAUSES; time++) {
      sending.awaitReceived(sending.due * time / (PAUSES + 5));
      sending.press("pause");
      sending.await("rest", () -> sending.leased() == 0);
      sending.press("resume");
    }
    sending.awaitCompleted();
    sending.verdict("paused and resumed " + PAUSES + " times", 0).leavesNoDoubt();
  }

  @Test
  default void afterAPauseNothingLeavesForLongerThanASecond() {
    scene().faults(ChaosScene.slow());
    Sending sending = scene().release();
    sending.awaitReceived(sending.due / 3);
    sending.pause();
    long paused = System.nanoTime();
    awaitMoment(sending, paused + TWO_SECONDS);
    assertThat(sending.receipts().after(paused + A_SECOND)).isZero();
    assertThat(sending.leased()).isZero();
    sending.press("resume");
    sending.awaitCompleted();
    sending.verdict("paused", 0).leavesNoDoubt();
  }

  @ParameterizedTest
  @EnumSource
  default void aStopAtAnyStepEndsItWithinASecond(Step step) {
    Sending sending = arrange(step);
    sending.stop();
    nothingFollows(sending, State.STOPPED);
    sending.verdict("STOP " + words(step), 0).leavesNoDoubt();
  }

  /** The snapshot's first part waits for a lock; the stop waits for that part. */
  @Test
  default void aStopDuringTheSnapshotEndsItWithinASecond() throws Exception {
    Sending sending;
    try (Connection other = scene().ground.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE engine.recipient IN SHARE MODE");
      sending = scene().release();
      sending.await("its snapshot waits", () -> scene().ground.waiting() == 1);
      Thread stop = Thread.ofVirtual().start(sending::stop);
      sending.await("the stop waits", () -> scene().ground.waiting() == 2);
      other.commit();
      stop.join();
    }
    nothingFollows(sending, State.STOPPED);
    sending.verdict("STOP during the snapshot", 0).leavesNoDoubt();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WHEN_COMPLETE")
  default void aCancelAtAnyStepEndsItWithinASecond(Step step) {
    Sending sending = arrange(step);
    sending.cancel();
    nothingFollows(sending, State.CANCELLED);
    sending.verdict("cancel " + words(step), 0).leavesNoDoubt();
  }

  @Test
  default void whatIsCompleteIsNotCancelled() {
    Sending sending = arrange(Step.WHEN_COMPLETE);
    assertThatThrownBy(sending::cancel).isInstanceOf(Conflict.class);
    sending.verdict("cancel when complete", 0).leavesNoDoubt();
  }

  private static String words(Step step) {
    return step.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private Sending arrange(Step step) {
    return switch (step) {
      case BEFORE_THE_SNAPSHOT -> scene().releaseForTomorrow();
      case WHILE_SENDING -> inTheMiddle();
      case WHILE_PAUSED -> {
        Sending sending = inTheMiddle();
        sending.pause();
        yield sending;
      }
      case WHILE_RETRIES_WAIT -> {
        scene().fault("rcpt", "451", 0.3);
        Sending sending = scene().release();
        sending.await(
            "some wait", () -> sending.unfinished() == 0 && sending.ledger().pending() > 0);
        scene().faults(new JsonObject());
        yield sending;
      }
      case WHEN_COMPLETE -> {
        Sending sending = scene().release();
        sending.awaitCompleted();
        yield sending;
      }
    };
  }

  private Sending inTheMiddle() {
    scene().faults(ChaosScene.slow());
    Sending sending = scene().release();
    sending.awaitReceived(sending.due / 3);
    return sending;
  }

  private void nothingFollows(Sending sending, State state) {
    long ended = System.nanoTime();
    sending.awaitEnd(state);
    awaitMoment(sending, ended + TWO_SECONDS);
    assertThat(sending.receipts().after(ended + A_SECOND)).isZero();
  }

  /** That nothing comes can only be seen by looking later. */
  private static void awaitMoment(Sending sending, long nanos) {
    sending.await("a moment", () -> System.nanoTime() - nanos > 0);
  }
}
