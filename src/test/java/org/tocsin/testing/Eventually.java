package org.tocsin.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Waits for a condition with a deadline; the only place where a test waits. The deadline is for
 * what never happens: beside other builds a second's work takes many.
 */
public final class Eventually {
  private static final Duration DEADLINE = Duration.ofSeconds(90);

  private Eventually() {}

  public static void eventually(String what, BooleanSupplier condition) {
    eventually(what, DEADLINE, condition);
  }

  public static void eventually(String what, Duration within, BooleanSupplier condition) {
    long until = System.nanoTime() + within.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("did not happen in " + within + ": " + what);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
  }
}
