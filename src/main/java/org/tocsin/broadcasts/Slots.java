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
 * not at the end of a segment; all other lanes leave it a fifth of the places.
 */
final class Slots {
  private static final int KEPT_FOR_URGENT = 5;

  private final int all;
  private final int forOthers;
  private final Map<Lane, Queue<Runnable>> waiting = new EnumMap<>(Lane.class);
  private int taken;

  Slots(int all) {
    this.all = all;
    this.forOthers = all - all / KEPT_FOR_URGENT;
    for (Lane lane : Lane.values()) {
      waiting.put(lane, new ArrayDeque<>());
    }
  }

  /** Begins at once where there is a place, else on a virtual thread of its own when there is. */
  <T> Future<T> take(Lane lane, Supplier<Future<T>> delivery) {
    Promise<T> ended = Promise.promise();
    Runnable begin = () -> begin(delivery).onComplete(ended).onComplete(anyhow -> leave());
    if (mayBegin(lane, begin)) {
      begin.run();
    }
    return ended.future();
  }

  /** A place must come back whatever the delivery does. */
  private static <T> Future<T> begin(Supplier<Future<T>> delivery) {
    try {
      return delivery.get();
    } catch (RuntimeException failure) {
      return Future.failedFuture(failure);
    }
  }

  private synchronized boolean mayBegin(Lane lane, Runnable otherwise) {
    Queue<Runnable> queue = queue(lane);
    if (queue.isEmpty() && taken < limit(lane)) {
      taken++;
      return true;
    }
    queue.add(otherwise);
    return false;
  }

  private void leave() {
    next().ifPresent(Thread.ofVirtual().name("deliver")::start);
  }

  /** The freed place goes to the first who may have it. */
  private synchronized Optional<Runnable> next() {
    taken--;
    for (Lane lane : Lane.values()) {
      if (taken < limit(lane) && !queue(lane).isEmpty()) {
        taken++;
        return Optional.of(queue(lane).remove());
      }
    }
    return Optional.empty();
  }

  private int limit(Lane lane) {
    return lane == Lane.URGENT ? all : forOthers;
  }

  private Queue<Runnable> queue(Lane lane) {
    return Objects.requireNonNull(waiting.get(lane));
  }
}
