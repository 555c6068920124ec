package org.tocsin.broadcasts;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * How many deliveries of one channel are under way at once: handed over and not yet answered.
 *
 * <p>Whoever waits is let in by lane, so that an urgent alert overtakes at the next free place and
 * not at the end of a segment; all other lanes leave it a fifth of the places. A stop is before all
 * alerts. One place in ten goes to a newsletter all the same, so that it never stands still.
 */
final class Slots {
  private static final int KEPT_FOR_URGENT = 5;
  private static final int TURN_OF_BULK = 10;

  private final int all;
  private final int forOthers;
  private final Map<Lane, Queue<Waiter<?>>> waiting = new EnumMap<>(Lane.class);
  private final Queue<Waiter<?>> stops = new ArrayDeque<>();
  private int taken;
  private int given;

  Slots(int all) {
    this.all = all;
    this.forOthers = all - all / KEPT_FOR_URGENT;
    for (Lane lane : Lane.values()) {
      waiting.put(lane, new ArrayDeque<>());
    }
  }

  private record Waiter<T>(Supplier<Future<T>> delivery, Promise<T> ended) {
    /** A place must come back whatever the delivery does. */
    Future<T> begin() {
      Future<T> future;
      try {
        future = delivery.get();
      } catch (RuntimeException failure) {
        future = Future.failedFuture(failure);
      }
      future.onComplete(ended);
      return future;
    }
  }

  /** Begins at once where there is a place, else when there is, on the thread that frees it. */
  <T> Future<T> take(Lane lane, Supplier<Future<T>> delivery) {
    return take(queue(lane), delivery);
  }

  /** The same, for a stop. */
  <T> Future<T> takeForStop(Supplier<Future<T>> delivery) {
    return take(stops, delivery);
  }

  private <T> Future<T> take(Queue<Waiter<?>> queue, Supplier<Future<T>> delivery) {
    Promise<T> ended = Promise.promise();
    synchronized (this) {
      queue.add(new Waiter<>(delivery, ended));
    }
    letIn();
    return ended.future();
  }

  private void letIn() {
    for (Optional<Waiter<?>> next = next(); next.isPresent(); next = next()) {
      Future<?> under = next.get().begin();
      if (under.isComplete()) {
        leave();
      } else {
        under.onComplete(
            anyhow -> {
              leave();
              letIn();
            });
      }
    }
  }

  private synchronized void leave() {
    taken--;
  }

  private synchronized Optional<Waiter<?>> next() {
    if (taken < forOthers && given % TURN_OF_BULK == 0 && !queue(Lane.BULK).isEmpty()) {
      return give(queue(Lane.BULK));
    }
    if (taken < all && !stops.isEmpty()) {
      return give(stops);
    }
    for (Lane lane : Lane.values()) {
      if (taken < limit(lane) && !queue(lane).isEmpty()) {
        return give(queue(lane));
      }
    }
    return Optional.empty();
  }

  private Optional<Waiter<?>> give(Queue<Waiter<?>> queue) {
    taken++;
    given++;
    return Optional.of(queue.remove());
  }

  private int limit(Lane lane) {
    return lane == Lane.URGENT ? all : forOthers;
  }

  private Queue<Waiter<?>> queue(Lane lane) {
    return Objects.requireNonNull(waiting.get(lane));
  }
}
