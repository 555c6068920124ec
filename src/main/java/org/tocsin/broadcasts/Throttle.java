package org.tocsin.broadcasts;

import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.DatabaseFailure;

/**
 * The rate that all nodes together keep on one channel.
 *
 * <p>Invariant: no more leaves than has been drawn from the one bucket of all, so what a node draws
 * and does not use only makes them slower. Alerts and letters to one person do not wait; what they
 * used the others wait for.
 */
final class Throttle {
  private static final Logger log = LoggerFactory.getLogger(Throttle.class);

  /** What is drawn at once: a tenth of a second's places. */
  private static final double CHUNK_SECONDS = 0.1;

  /** Places not used by then are lost: they would come as a burst. */
  private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Database courier;
  private final String bucket;
  private final Supplier<OptionalDouble> perSecond;
  private final BucketRepository buckets = new BucketRepository();
  private final ReentrantLock lock = new ReentrantLock();
  private int places;
  private long usableAt = System.nanoTime();

  /**
   * @param perSecond as it is now; empty for no limit
   */
  Throttle(Database courier, String channel, Supplier<OptionalDouble> perSecond) {
    this.courier = courier;
    this.bucket = "channel:" + channel;
    this.perSecond = perSecond;
  }

  /** How many of so many may leave now. */
  int take(Lane lane, int wanted) {
    OptionalDouble rate = perSecond.get();
    if (wanted == 0 || rate.isEmpty() || isFirst(lane)) {
      return wanted;
    }
    lock.lock();
    try {
      return take(wanted, rate.getAsDouble());
    } finally {
      lock.unlock();
    }
  }

  private int take(int wanted, double rate) {
    if (System.nanoTime() - usableAt > STALE_NANOS) {
      places = 0;
    }
    if (places == 0) {
      int chunk = (int) Math.max(1, rate * CHUNK_SECONDS);
      usableAt = System.nanoTime() + buckets.draw(courier, bucket, chunk, rate).toNanos();
      places = chunk;
    }
    int given = System.nanoTime() - usableAt < 0 ? 0 : Math.min(wanted, places);
    places -= given;
    return given;
  }

  /** Places that were taken and are of no use. */
  void putBack(Lane lane, int unused) {
    if (isFirst(lane) || perSecond.get().isEmpty()) {
      return;
    }
    lock.lock();
    try {
      places += unused;
    } finally {
      lock.unlock();
    }
  }

  /** So many have left. */
  void used(Lane lane, int many) {
    OptionalDouble rate = perSecond.get();
    if (many == 0 || rate.isEmpty() || !isFirst(lane)) {
      return;
    }
    try {
      buckets.draw(courier, bucket, many, rate.getAsDouble());
    } catch (DatabaseFailure away) {
      log.atWarn().log("What left first is not counted in the rate: {}", away.getMessage());
    }
  }

  private static boolean isFirst(Lane lane) {
    return lane == Lane.URGENT || lane == Lane.TRANSACTIONAL;
  }

  /** Returns when the places that were drawn can be used, or after a while. */
  void await() {
    LockSupport.parkNanos(Math.clamp(usableAt() - System.nanoTime(), 0, PATIENCE_NANOS));
  }

  private long usableAt() {
    lock.lock();
    try {
      return usableAt;
    } finally {
      lock.unlock();
    }
  }
}
