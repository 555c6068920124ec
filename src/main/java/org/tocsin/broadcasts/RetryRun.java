package org.tocsin.broadcasts;

import java.util.List;
import java.util.function.Function;
import org.tocsin.broadcasts.RetryRepository.Held;
import org.tocsin.broadcasts.Settlement.Result;
import org.tocsin.platform.database.Database;

/** Tries one held row of the retry queue again. */
final class RetryRun {
  private final Database database;
  private final SegmentRepository segments;
  private final RetryRepository retries;
  private final Courier courier;
  private final Function<Lane, LaneMeter> meters;

  RetryRun(
      Database database,
      SegmentRepository segments,
      RetryRepository retries,
      Courier courier,
      Function<Lane, LaneMeter> meters) {
    this.database = database;
    this.segments = segments;
    this.retries = retries;
    this.courier = courier;
    this.meters = meters;
  }

  void run(Held held) {
    try {
      settle(held);
    } catch (RuntimeException nothingSent) {
      retries.giveBack(database, held);
      throw nothingSent;
    }
  }

  private void settle(Held held) {
    Work work = segments.work(database, held.broadcast()).orElseThrow();
    if (!work.running() && !work.isCalledOff()) {
      retries.giveBack(database, held);
      return;
    }
    Settlement settlement =
        held.crashed() && !(work.resendsInDoubt() && work.running())
            ? crashed(held.pending())
            : tryAgain(work, held.pending());
    if (settlement.ends()) {
      retries.settle(database, held, settlement);
      segments.finish(database, held.broadcast());
    } else {
      retries.again(database, held, settlement);
    }
    meters.apply(work.lane()).settled(List.of(settlement));
  }

  private static Settlement crashed(Pending pending) {
    return Settlement.end(pending.ord(), Result.IN_DOUBT, "crash", pending.tries(), true);
  }

  private Settlement tryAgain(Work work, Pending pending) {
    return work.running()
        ? courier.deliver(work, List.of(pending)).getFirst().await()
        : work.callOff(pending);
  }
}
