package org.tocsin.broadcasts;

import java.util.concurrent.TimeUnit;

/**
 * Whether a destination's answers ask all of it to wait: so many refusals within a minute, and
 * never one alone. The first refusal of an address is its own matter, for so does greylisting
 * begin; only where hundreds are put off and none is taken at another try is that the destination's
 * way to say no.
 */
final class RefusalRate {
  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** So many that are not first ones, and as many as the other answers at least. */
  static final int MANY = 5;

  static final int MANY_FIRST = 500;

  private long since;
  private int first;
  private int repeated;
  private int others;

  RefusalRate(long nanoTime) {
    this.since = nanoTime;
  }

  /**
   * A refusal that may ask for patience.
   *
   * @param ofItsOwn it is the first that this address hears, and the server goes on listening
   * @return whether it is one too many, after which it is counted anew
   */
  synchronized boolean refused(boolean ofItsOwn, long nanoTime) {
    look(nanoTime);
    if (ofItsOwn) {
      first++;
    } else {
      repeated++;
    }
    boolean many =
        (repeated >= MANY && repeated >= others) || (first >= MANY_FIRST && first >= others);
    if (many) {
      reset(nanoTime);
    }
    return many;
  }

  /** Any other answer. */
  synchronized void answered(long nanoTime) {
    look(nanoTime);
    others++;
  }

  private void look(long nanoTime) {
    if (nanoTime - since > WINDOW_NANOS) {
      reset(nanoTime);
    }
  }

  private void reset(long nanoTime) {
    since = nanoTime;
    first = 0;
    repeated = 0;
    others = 0;
  }
}
