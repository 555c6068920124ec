package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is granted and unsettled is bounded, and an alert never waits for a newsletter's places. */
class WindowTest {
  private static final int PLENTY = 10_000;

  private final Window window = new Window();

  @Test
  void noneIsGivenTwiceAndNoMoreThanACrashMayLeaveInDoubt() {
    int newsletters = take("email", Lane.BULK) + take("webhook", Lane.BULK);
    int alerts = take("email", Lane.URGENT);
    assertThat(newsletters).isEqualTo(Window.MOST - Window.MOST / 5);
    assertThat(newsletters + alerts).isEqualTo(Window.MOST - 8);
    assertThat(take("email", Lane.URGENT) + take("email", Lane.BULK)).isZero();
    assertThat(window.takeForStop("email", PLENTY, 0)).as("kept for stops").isEqualTo(8);
    assertThat(window.takeForStop("email", PLENTY, 0)).isZero();
  }

  @Test
  void aChannelThatHangsLeavesTheOthersPlaces() {
    assertThat(take("webhook", Lane.BULK)).isEqualTo(160);
    assertThat(take("email", Lane.REPLAY)).isEqualTo(45);
  }

  @Test
  void theOthersStepAsideWhileAnAlertIsUnderWay() {
    window.take("email", Lane.URGENT, 60, 0);
    assertThat(take("email", Lane.BULK)).isEqualTo(Window.MOST - Window.MOST / 5 - 2 * 60);
    window.giveBack("email", Lane.URGENT, 60);
    assertThat(take("webhook", Lane.BULK)).isEqualTo(120);
  }

  @Test
  void evenALargeAlertLeavesTheOthersATenth() {
    int alert = take("email", Lane.URGENT);
    assertThat(alert).isEqualTo(Window.MOST - Window.MOST / 10 - 8);
    assertThat(take("email", Lane.BULK)).isEqualTo(Window.MOST / 10);
  }

  @Test
  void whoSettlesGoesOnWithTheSamePlaces() {
    take("email", Lane.BULK);
    assertThat(window.take("email", Lane.BULK, 64, 0)).isZero();
    assertThat(window.take("email", Lane.BULK, 64, 64)).isEqualTo(64);
    assertThat(take("webhook", Lane.BULK)).as("none was taken anew").isEqualTo(45);
  }

  @Test
  void whoSettlesGivesWayToAnAlert() {
    take("email", Lane.BULK);
    take("email", Lane.URGENT);
    assertThat(window.take("email", Lane.BULK, 64, 64)).isZero();
  }

  @Test
  void whoSettlesSharesWithWhoeverWaits() throws InterruptedException {
    take("email", Lane.BULK);
    AtomicBoolean over = new AtomicBoolean();
    Thread waiting =
        Thread.startVirtualThread(
            () -> {
              while (!over.get()) {
                window.awaitPlace("email", Lane.TRANSACTIONAL);
              }
            });
    eventually("half is let go", () -> window.take("email", Lane.BULK, 64, 64) == 32);
    over.set(true);
    waiting.join();
    assertThat(window.take("email", Lane.BULK, 64, 64)).isEqualTo(64);
  }

  private int take(String channel, Lane lane) {
    return window.take(channel, lane, PLENTY, 0);
  }
}
