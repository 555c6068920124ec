package org.tocsin.broadcasts;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.broadcasts.SegmentRepository.Fence;
import org.tocsin.broadcasts.SegmentRepository.Grant;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.DatabaseFailure;

/**
 * Writes down what a claimed segment settled and brings back how far it may send.
 *
 * <p>Invariant: each settlement is written exactly once. A flush that comes back empty means the
 * lease is lost, or that this very flush was committed and its answer lost; epoch and settled tell
 * which. While the database is away it tries again: what is known is not thrown into doubt.
 */
final class SegmentLedger {
  private static final Logger log = LoggerFactory.getLogger(SegmentLedger.class);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Longer than a restart of the database, shorter than an operator's patience with a stop. */
  private static final int TRIES = 240;

  private final Database database;
  private final SegmentRepository segments;
  private final Claim claim;
  private final LaneMeter meter;
  private int settled;
  private boolean done;

  SegmentLedger(Database database, SegmentRepository segments, Claim claim, LaneMeter meter) {
    this.database = database;
    this.segments = segments;
    this.claim = claim;
    this.meter = meter;
    this.settled = claim.settled();
  }

  /** Thrown when another node has the segment now: what is unsent is theirs. */
  static final class LeaseLost extends RuntimeException {}

  /** Nothing is left of the segment. */
  boolean done() {
    return done;
  }

  /**
   * @param wanted the watermark asked for
   */
  Grant flush(List<Settlement> batch, int wanted) {
    return flush(batch, wanted, false);
  }

  /** Gives the segment to whoever comes next; nothing of it may be under way. */
  void giveBack(List<Settlement> batch) {
    flush(batch, 0, true);
  }

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
        if (!committed(batch)) {
          throw new LeaseLost();
        }
        settled += batch.size();
        meter.settled(batch);
        return flush(List.of(), wanted, giveBack);
      } catch (DatabaseFailure away) {
        if (attempt == TRIES) {
          throw away;
        }
        log.atWarn()
            .addKeyValue("broadcast", claim.broadcast())
            .log("A flush failed and is tried again: {}", away.getMessage());
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Whether this very batch was written and only the answer lost. */
  private boolean committed(List<Settlement> batch) {
    return !batch.isEmpty()
        && segments
            .fence(database, claim)
            .equals(Optional.of(new Fence(claim.epoch(), settled + batch.size())));
  }
}
