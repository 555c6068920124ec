package org.tocsin.broadcasts;

import java.util.List;
import java.util.Optional;
import org.tocsin.broadcasts.SegmentRepository.Fence;
import org.tocsin.broadcasts.SegmentRepository.Grant;
import org.tocsin.platform.database.Database;

/**
 * Writes down what a claimed segment settled and brings back how far it may send.
 *
 * <p>Invariant: each settlement is written exactly once. A flush that comes back empty means the
 * lease is lost, or that this very flush was committed and its answer lost; epoch and settled tell
 * which. While the database is away it tries again: what is known is not thrown into doubt.
 */
final class SegmentLedger {
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
    return Insistence.on(
        TRIES, claim.broadcast(), "A batch", () -> flushOnce(batch, wanted, giveBack));
  }

  private Grant flushOnce(List<Settlement> batch, int wanted, boolean giveBack) {
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
  }

  /** Whether this very batch was written and only the answer lost. */
  private boolean committed(List<Settlement> batch) {
    return !batch.isEmpty()
        && segments
            .fence(database, claim)
            .equals(Optional.of(new Fence(claim.epoch(), settled + batch.size())));
  }
}
