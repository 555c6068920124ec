package org.tocsin.broadcasts;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much of what this node was granted is not settled yet, over all channels and lanes.
 *
 * <p>Invariant: never more than {@link #MOST}, which is the most that a crash can leave in doubt. A
 * fifth is kept for the urgent, a tenth for the others, and no channel alone takes all that the
 * others may have: a hundred endpoints that hang do not hold up a newsletter.
 */
final class Window {
  static final int MOST = 256;
  private static final int MOST_URGENT = MOST - MOST / 10;
  private static final int MOST_OTHERS = MOST - MOST / 5;
  private static final int MOST_OF_A_CHANNEL = 160;
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final Map<String, Integer> others = new HashMap<>();
  private int urgent;
  private int rest;

  /** As many places as there are just now, up to {@code wanted}; 0 where there is none. */
  int take(String channel, Lane lane, int wanted) {
    lock.lock();
    try {
      int given = Math.max(0, Math.min(wanted, free(channel, lane)));
      add(channel, lane, given);
      return given;
    } finally {
      lock.unlock();
    }
  }

  private int free(String channel, Lane lane) {
    int left = MOST - urgent - rest;
    return lane == Lane.URGENT
        ? Math.min(left, MOST_URGENT - urgent)
        : Math.min(
            Math.min(left, MOST_OTHERS - rest),
            MOST_OF_A_CHANNEL - others.getOrDefault(channel, 0));
  }

  void giveBack(String channel, Lane lane, int places) {
    lock.lock();
    try {
      add(channel, lane, -places);
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when there is a place, or after a while. */
  void awaitPlace(String channel, Lane lane) {
    lock.lock();
    try {
      long left = PATIENCE_NANOS;
      while (free(channel, lane) <= 0 && left > 0) {
        left = freed.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void add(String channel, Lane lane, int places) {
    if (lane == Lane.URGENT) {
      urgent += places;
    } else {
      rest += places;
      others.merge(channel, places, Integer::sum);
    }
  }
}
