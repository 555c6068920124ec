package org.tocsin.channels.email.smtp;

import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.TimeUnit;

/**
 * One timer whose time moves with each message. It is not set anew when the time moves later, but
 * when it rings too early; so a busy connection sets a timer once a minute. One event loop.
 */
final class Alarm {
  private static final long NONE = -1;

  private final ContextInternal context;
  private final Runnable ring;
  private boolean on;
  private long due;
  private long timer = NONE;
  private long timerDue;

  Alarm(ContextInternal context, Runnable ring) {
    this.context = context;
    this.ring = ring;
  }

  /**
   * @param time a reading of {@link System#nanoTime()}
   */
  void at(long time) {
    on = true;
    due = time;
    if (timer != NONE && timerDue - time > 0) {
      context.owner().cancelTimer(timer);
      timer = NONE;
    }
    if (timer == NONE) {
      arm();
    }
  }

  private void arm() {
    timerDue = due;
    long millis = TimeUnit.NANOSECONDS.toMillis(due - System.nanoTime());
    timer = context.setTimer(Math.max(0, millis) + 1, _ -> rang());
  }

  private void rang() {
    timer = NONE;
    if (!on) {
      return;
    }
    if (due - System.nanoTime() > 0) {
      arm();
    } else {
      on = false;
      ring.run();
    }
  }

  void off() {
    on = false;
    if (timer != NONE) {
      context.owner().cancelTimer(timer);
      timer = NONE;
    }
  }
}
