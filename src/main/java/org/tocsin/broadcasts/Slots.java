package org.tocsin.broadcasts;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
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
  static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final int all;
  private final int forOthers;
  private final LongSupplier nanoTime;
  private final Map<Lane, Queue<Waiter<?>>> waiting = new EnumMap<>(Lane.class);
  private final Queue<Waiter<?>> stops = new ArrayDeque<>();

  /** Since when each is under way, in that order. */
  private final Map<Waiter<?>, Long> under = new LinkedHashMap<>();

  private int given;

  Slots(int all) {
    this(all, System::nanoTime);
  }

  Slots(int all, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.all = all;
    this.forOthers = all - all / KEPT_FOR_URGENT;
    for (Lane lane : Lane.values()) {
      waiting.put(lane, new ArrayDeque<>());
    }
  }

  /** Each is itself alone. */
  private static final class Waiter<T> {
    private final Supplier<Future<T>> delivery;
    private final Promise<T> ended;

    Waiter(Supplier<Future<T>> delivery, Promise<T> ended) {
      this.delivery = delivery;
      this.ended = ended;
    }

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

  /** Lets in whoever may by now. */
  void letIn() {
    for (Optional<Waiter<?>> next = next(); next.isPresent(); next = next()) {
      Waiter<?> waiter = next.get();
      Future<?> begun = waiter.begin();
      if (begun.isComplete()) {
        leave(waiter);
      } else {
        begun.onComplete(
            anyhow -> {
              leave(waiter);
              letIn();
            });
      }
    }
  }

  private synchronized void leave(Waiter<?> waiter) {
    under.remove(waiter);
  }

  private synchronized Optional<Waiter<?>> next() {
    int taken = under.size() - Math.min(all, late());
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

  private int late() {
    long before = nanoTime.getAsLong() - LONG_NANOS;
    int late = 0;
    for (long since : under.values()) {
      if (since - before >= 0) {
        break;
      }
      late++;
    }
    return late;
  }

  private Optional<Waiter<?>> give(Queue<Waiter<?>> queue) {
    Waiter<?> waiter = queue.remove();
    under.put(waiter, nanoTime.getAsLong());
    given++;
    return Optional.of(waiter);
  }

  private int limit(Lane lane) {
    return lane == Lane.URGENT ? all : forOthers;
  }

  private Queue<Waiter<?>> queue(Lane lane) {
    return Objects.requireNonNull(waiting.get(lane));
  }
}
