package org.tocsin.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An alert is released, and the node that releases it dies; whoever pressed presses again. */
interface AlertCases {
  int SOME = 20;

  /** How far the release is when the node dies. */
  enum Moment {
    BEFORE_IT_IS_WRITTEN,
    ONCE_IT_IS_WRITTEN,
    WHILE_IT_LEAVES
  }

  ChaosScene scene();

  @ParameterizedTest
  @EnumSource
  default void anAlertWhoseNodeDiesAtItsReleaseIsReleasedOnceAndReachesEverybody(Moment moment)
      throws Exception {
    scene().faults(new JsonObject().put("per_second", 200));
    String alert = scene().alerts.approved();
    int before = scene().alerts.released();
    switch (moment) {
      case BEFORE_IT_IS_WRITTEN -> killWhileItWaits(alert);
      case ONCE_IT_IS_WRITTEN -> {
        CompletableFuture<Void> press = press(alert);
        await("it is written", press, () -> scene().alerts.released() > before);
        kill(press);
      }
      case WHILE_IT_LEAVES -> {
        CompletableFuture<Void> press = press(alert);
        await("some have it", press, () -> scene().alerts.received() > SOME);
        kill(press);
      }
    }
    scene().leases.expire();
    scene().desk().start();
    pressAgain(alert, moment);
    assertThat(scene().alerts.released()).isEqualTo(before + 1);
    Sending sending = scene().alerts.sending();
    scene().faults(new JsonObject());
    sending.awaitCompleted();
    String words = moment.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    Verdict verdict = sending.verdict("kill -9, alert, " + words, 1).holdsAfterKills();
    assertThat(verdict.sent()).as("whoever was in doubt got it again").isEqualTo(sending.due);
  }

  private void killWhileItWaits(String alert) throws Exception {
    try (Connection other = scene().ground.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE engine.content IN SHARE MODE");
      CompletableFuture<Void> press = press(alert);
      await("the release waits", press, () -> scene().ground.waiting() > 0);
      kill(press);
      other.rollback();
    }
  }

  /** What is refused is told at once. */
  private static void await(String what, CompletableFuture<Void> press, BooleanSupplier condition) {
    eventually(
        what,
        () -> {
          if (press.isCompletedExceptionally()) {
            press.join();
          }
          return condition.getAsBoolean();
        });
  }

  private void kill(CompletableFuture<Void> press) {
    scene().desk().kill();
    press.join();
  }

  /** Whoever presses may never be answered. */
  private CompletableFuture<Void> press(String alert) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            scene().alerts.release(alert, 0);
          } catch (UncheckedIOException died) {
            // as it was meant to
          }
        },
        Thread::startVirtualThread);
  }

  private void pressAgain(String alert, Moment moment) {
    switch (moment) {
      case BEFORE_IT_IS_WRITTEN -> scene().alerts.release(alert, 0);
      case ONCE_IT_IS_WRITTEN, WHILE_IT_LEAVES ->
          assertThatThrownBy(() -> scene().alerts.release(alert, 0))
              .hasMessageContaining("already_released");
    }
  }
}
