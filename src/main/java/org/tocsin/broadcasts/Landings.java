package org.tocsin.broadcasts;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where those who landed wait for the run that writes them down, which is woken once a batch and
 * not once a landing: a wake-up costs more than all else about one.
 */
final class Landings {
  /** Who has landed waits so long for company. */
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** How soon a run that only waits looks up. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition enough = lock.newCondition();
  private final Queue<Landing> waiting = new ArrayDeque<>();
  private int wanted = Integer.MAX_VALUE;

  void add(Landing landing) {
    lock.lock();
    try {
      waiting.add(landing);
      if (waiting.size() == wanted) {
        enough.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Up to {@code most}: as many as there are within 5 ms, or of the first after that; none where
   * nobody lands for a while. Does not wait where there is nothing to wait for.
   */
  List<Landing> take(int most) {
    lock.lock();
    try {
      await(most, GATHER_NANOS);
      if (most > 0 && waiting.isEmpty()) {
        await(1, PATIENCE_NANOS);
        await(waiting.isEmpty() ? 0 : most, GATHER_NANOS);
      }
      List<Landing> batch = new ArrayList<>(Math.min(most, waiting.size()));
      while (batch.size() < most && !waiting.isEmpty()) {
        batch.add(waiting.remove());
      }
      return batch;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a window was under way", interrupted);
    } finally {
      lock.unlock();
    }
  }

  private void await(int many, long nanos) throws InterruptedException {
    wanted = many;
    long left = nanos;
    while (waiting.size() < many && left > 0) {
      left = enough.awaitNanos(left);
    }
    wanted = Integer.MAX_VALUE;
  }
}
