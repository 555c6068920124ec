package org.tocsin.platform.time;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loop on a virtual thread of its own. It works when rung, and at the latest after its period; a
 * ring while it works makes it work again. What the work throws is logged and counted, and the loop
 * goes on.
 */
public final class Duty implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Duty.class);

  /** One round of work; true asks for the next round at once. */
  @FunctionalInterface
  public interface Work {
    boolean round() throws Exception;
  }

  private final String name;
  private final Duration period;
  private final Work work;
  private final Semaphore bell = new Semaphore(0);
  private final AtomicLong failures = new AtomicLong();
  private final Thread thread;
  private Duration rest;
  private volatile boolean stopping;

  private Duty(String name, Duration period, Work work) {
    this.name = name;
    this.period = period;
    this.rest = period;
    this.work = work;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::loop);
  }

  public static Duty start(String name, Duration period, Work work) {
    Duty duty = new Duty(name, period, work);
    duty.thread.start();
    return duty;
  }

  public void ring() {
    bell.release();
  }

  /** After this round, however long the period is. To be called by the work. */
  public void restAtMost(Duration most) {
    rest = most.compareTo(rest) < 0 ? most : rest;
  }

  public long failures() {
    return failures.get();
  }

  private void loop() {
    while (!stopping) {
      boolean more = false;
      rest = period;
      try {
        more = work.round();
      } catch (Throwable failure) {
        failures.incrementAndGet();
        log.atError()
            .addKeyValue("duty", name)
            .setCause(failure)
            .log("A round failed; the duty goes on");
      }
      if (!more) {
        rest();
      }
    }
  }

  private void rest() {
    try {
      if (bell.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS)) {
        bell.drainPermits();
      }
    } catch (InterruptedException asked) {
      stopping = true;
    }
  }

  /** Waits for the round in hand. */
  @Override
  public void close() {
    stopping = true;
    ring();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
