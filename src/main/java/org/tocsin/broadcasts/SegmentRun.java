package org.tocsin.broadcasts;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.broadcasts.SegmentRepository.Grant;
import org.tocsin.broadcasts.Settlement.Result;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.DatabaseFailure;

/**
 * Sends one claimed segment, window by window.
 *
 * <p>Invariant: nothing is sent beyond the watermark that the last flush brought back, so a crash
 * leaves at most one window in doubt. A flush that comes back empty means the lease is lost, or
 * that this very flush was committed and its answer lost; epoch and settled tell which.
 */
final class SegmentRun {
  private static final Logger log = LoggerFactory.getLogger(SegmentRun.class);

  /** What one segment may have in flight, and so in doubt after a crash. */
  static final int WINDOW = 64;

  /** A flush renews the lease; well below its 30 s. */
  private static final long HEARTBEAT_SECONDS = 8;

  private static final int FLUSH_TRIES = 40;
  private static final long FLUSH_PAUSE_MILLIS = 500;

  private final Database database;
  private final SegmentRepository segments;
  private final Courier courier;
  private final Claim claim;
  private final LaneMeter meter;
  private final BooleanSupplier stopping;
  private int settled;
  private boolean done;

  SegmentRun(
      Database database,
      SegmentRepository segments,
      Courier courier,
      Claim claim,
      LaneMeter meter,
      BooleanSupplier stopping) {
    this.database = database;
    this.segments = segments;
    this.courier = courier;
    this.claim = claim;
    this.meter = meter;
    this.stopping = stopping;
    this.settled = claim.settled();
  }

  /** Thrown when another node has the segment now: what is unsent is theirs. */
  private static final class LeaseLost extends RuntimeException {}

  void run() {
    try {
      Work work = segments.work(database, claim.broadcast()).orElseThrow();
      List<Pending> left = segments.leftOver(database, claim);
      int doubtful = (int) left.stream().filter(Pending::inDoubt).count();
      settleDoubtful(work, left.subList(0, doubtful));
      List<Pending> unsent = left.subList(doubtful, left.size());
      if (work.isCalledOff()) {
        callOff(work, unsent);
      } else {
        send(work, unsent);
      }
      segments.finish(database, claim.broadcast());
    } catch (LeaseLost lost) {
      log.atWarn()
          .addKeyValue("broadcast", claim.broadcast())
          .addKeyValue("segment", claim.segment())
          .log("The lease of a segment was lost");
    }
  }

  /** A node died while these were under way: told as in doubt, or sent again with the same id. */
  private void settleDoubtful(Work work, List<Pending> doubtful) {
    if (doubtful.isEmpty()) {
      return;
    }
    if (work.resendsInDoubt() && work.running()) {
      transmit(work, doubtful, claim.sentHi());
    } else {
      flush(
          doubtful.stream()
              .map(p -> Settlement.unsent(p.ord(), Result.IN_DOUBT, "crash", true))
              .toList(),
          claim.sentHi(),
          false);
    }
  }

  /** What a node gave back when a cancel or a STOP had already passed by. */
  private void callOff(Work work, List<Pending> unsent) {
    flush(
        unsent.stream().filter(p -> p.ord() <= claim.upto()).map(work::callOff).toList(), 0, false);
  }

  private void send(Work work, List<Pending> unsent) {
    int next = 0;
    while (!done) {
      if (stopping.getAsBoolean()) {
        flush(List.of(), 0, true);
        return;
      }
      int end = Math.min(next + WINDOW, unsent.size());
      int wanted = next == end ? claim.upto() : unsent.get(end - 1).ord();
      Grant grant = flush(List.of(), wanted, false);
      int granted = next;
      while (granted < end && unsent.get(granted).ord() <= grant.sentHi()) {
        granted++;
      }
      if (granted == next && !done) {
        // Paused, or lowered by a cancel that is not yet in upto: give the segment back.
        flush(List.of(), 0, true);
        return;
      }
      if (granted > next) {
        transmit(work, unsent.subList(next, granted), grant.sentHi());
      }
      next = granted;
    }
  }

  /**
   * Sends a window and settles it as the answers come; a slow one keeps the lease alive meanwhile.
   */
  private void transmit(Work work, List<Pending> window, int watermark) {
    BlockingQueue<Settlement> settlements = new LinkedBlockingQueue<>();
    for (Future<Settlement> delivery : handOver(work, window)) {
      delivery.onSuccess(settlements::add);
    }
    int open = window.size();
    while (open > 0) {
      List<Settlement> batch = await(settlements, open);
      flush(batch, watermark, false);
      open -= batch.size();
    }
  }

  /**
   * The courier throws before it has sent anything, or not at all: then the grant is given back.
   */
  private List<Future<Settlement>> handOver(Work work, List<Pending> window) {
    try {
      return courier.deliver(work, window);
    } catch (RuntimeException nothingSent) {
      flush(List.of(), 0, true);
      throw nothingSent;
    }
  }

  private static List<Settlement> await(BlockingQueue<Settlement> settlements, int open) {
    List<Settlement> batch = new ArrayList<>(open);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(HEARTBEAT_SECONDS);
    try {
      while (batch.size() < open) {
        Settlement settlement = settlements.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (settlement == null) {
          break;
        }
        batch.add(settlement);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a window was under way", interrupted);
    }
    batch.sort(Comparator.comparingInt(Settlement::ord));
    return batch;
  }

  /**
   * Writes down what is settled and asks for the next grant; tries again while the database is
   * away.
   */
  private Grant flush(List<Settlement> batch, int wanted, boolean giveBack) {
    for (int attempt = 1; ; attempt++) {
      try {
        var grant = segments.flush(database, claim, settled, wanted, giveBack, batch);
        if (grant.isPresent()) {
          settled = grant.get().settled();
          done = grant.get().done();
          meter.settled(batch);
          return grant.get();
        }
        var fence = segments.fence(database, claim);
        if (fence.isEmpty()
            || fence.get().epoch() != claim.epoch()
            || fence.get().settled() != settled + batch.size()
            || batch.isEmpty()) {
          throw new LeaseLost();
        }
        settled += batch.size();
        meter.settled(batch);
        return flush(List.of(), wanted, giveBack);
      } catch (DatabaseFailure away) {
        if (attempt == FLUSH_TRIES) {
          throw away;
        }
        log.atWarn()
            .addKeyValue("broadcast", claim.broadcast())
            .log("A flush failed and is tried again: {}", away.getMessage());
        java.util.concurrent.locks.LockSupport.parkNanos(
            TimeUnit.MILLISECONDS.toNanos(FLUSH_PAUSE_MILLIS));
      }
    }
  }
}
