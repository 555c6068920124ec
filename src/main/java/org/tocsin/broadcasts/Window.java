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
 * fifth is kept for the urgent (a few for stops alone), a tenth for the others, and no channel
 * alone takes all that the others may have: a hundred endpoints that hang do not hold up a
 * newsletter. While an alert is under way the others step aside, down to their tenth: it has the
 * machine and not only places.
 */
final class Window {
  static final int MOST = 256;
  private static final int LEAST_OTHERS = MOST / 10;

  /** Of all, also of alerts whose receivers hang. */
  private static final int KEPT_FOR_STOPS = 8;

  private static final int MOST_URGENT = MOST - LEAST_OTHERS - KEPT_FOR_STOPS;
  private static final int MOST_OTHERS = MOST - MOST / 5;
  private static final int MOST_OF_A_CHANNEL = 160;

  /** So many of the others wait for each of the urgent. */
  private static final int STEP_ASIDE = 2;

  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final Map<String, Integer> others = new HashMap<>();
  private final Map<String, Integer> waiting = new HashMap<>();
  private int urgent;
  private int rest;

  /**
   * As many places as there are just now, up to {@code wanted}; 0 where there is none.
   *
   * @param settling places that whoever asks holds for those whom the same statement settles. They
   *     serve again: before it the ones are unsettled, after it the others, and never both. Where
   *     somebody waits for a place of this channel, one in two is let go.
   */
  int take(String channel, Lane lane, int wanted, int settling) {
    lock.lock();
    try {
      return take(channel, lane, wanted, settling, free(channel, lane));
    } finally {
      lock.unlock();
    }
  }

  /** The same, for a stop. */
  int takeForStop(String channel, int wanted, int settling) {
    lock.lock();
    try {
      return take(channel, Lane.URGENT, wanted, settling, MOST - urgent - rest);
    } finally {
      lock.unlock();
    }
  }

  private int take(String channel, Lane lane, int wanted, int settling, int free) {
    int there = settling + free;
    int most = settling > 0 && awaited(channel, lane) ? (settling + 1) / 2 : wanted;
    int given = Math.max(0, Math.min(there, Math.min(most, wanted)));
    add(channel, lane, Math.max(0, given - settling));
    return given;
  }

  private boolean awaited(String channel, Lane lane) {
    return lane != Lane.URGENT && waiting.getOrDefault(channel, 0) > 0;
  }

  private int free(String channel, Lane lane) {
    int left = MOST - KEPT_FOR_STOPS - urgent - rest;
    if (lane == Lane.URGENT) {
      return Math.min(left, MOST_URGENT - urgent);
    }
    int most = Math.max(LEAST_OTHERS, MOST_OTHERS - STEP_ASIDE * urgent);
    int ofChannel = MOST_OF_A_CHANNEL - others.getOrDefault(channel, 0);
    return Math.min(Math.min(left, most - rest), ofChannel);
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
      waiting.merge(channel, 1, Integer::sum);
      long left = PATIENCE_NANOS;
      while (free(channel, lane) <= 0 && left > 0) {
        left = freed.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.merge(channel, -1, Integer::sum);
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
