package org.tocsin.broadcasts;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.tocsin.platform.database.Database;

/**
 * One line of this node before a bucket that all nodes draw from.
 *
 * <p>Invariant: no more is given than was drawn, so what a node draws and does not use only makes
 * all of them slower.
 */
final class Throttle {
  /** What is drawn at once: a tenth of a second's places. */
  private static final double CHUNK_SECONDS = 0.1;

  /** Of places not used by then one is left: all of them would come as a burst. */
  private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Database courier;
  private final String bucket;
  private final BucketRepository buckets = new BucketRepository();
  private final ReentrantLock lock = new ReentrantLock();
  private int places;
  private long usableAt = System.nanoTime();

  Throttle(Database courier, String bucket) {
    this.courier = courier;
    this.bucket = bucket;
  }

  /** How many of so many may leave now. */
  int take(int wanted, double perSecond) {
    lock.lock();
    try {
      long age = System.nanoTime() - usableAt;
      if (age > STALE_NANOS) {
        places = Math.min(places, 1);
      }
      if (places == 0) {
        int chunk = (int) Math.max(1, perSecond * CHUNK_SECONDS);
        long wait = buckets.draw(courier, bucket, chunk, perSecond).toNanos();
        places = chunk;
        usableAt = System.nanoTime() + wait;
        age = -wait;
      }
      int given = age < 0 ? 0 : Math.min(wanted, places);
      places -= given;
      return given;
    } finally {
      lock.unlock();
    }
  }

  /** Of what was taken, so many were of no use. */
  void putBack(int unused) {
    lock.lock();
    try {
      places += unused;
    } finally {
      lock.unlock();
    }
  }

  /** So many left without asking: the others wait the longer. */
  void spend(int many, double perSecond) {
    buckets.draw(courier, bucket, many, perSecond);
  }

  /** How long until what is drawn can be used. */
  Duration untilUsable() {
    lock.lock();
    try {
      return Duration.ofNanos(Math.max(0, usableAt - System.nanoTime()));
    } finally {
      lock.unlock();
    }
  }
}
