package org.tocsin.broadcasts;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.broadcasts.RetryRepository.Held;
import org.tocsin.broadcasts.RetryRepository.Tried;
import org.tocsin.broadcasts.Settlement.WaitsFor;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.DatabaseFailure;

/**
 * Writes down what came of claimed rows of the retry queue, all of one broadcast. While the
 * database is away it tries again: a row that stays held would be in doubt when its lease ends.
 */
final class RetryLedger {
  private static final Logger log = LoggerFactory.getLogger(RetryLedger.class);

  /** Shorter than a row's lease: what is not written by then is in doubt. */
  private static final int TRIES = 100;

  private final Database database;
  private final RetryRepository retries;
  private final long broadcast;
  private final LaneMeter meter;

  RetryLedger(Database database, RetryRepository retries, long broadcast, LaneMeter meter) {
    this.database = database;
    this.retries = retries;
    this.broadcast = broadcast;
    this.meter = meter;
  }

  /** Nothing of it left: handed on for another try, and written down like any end. */
  static Tried unsent(Held held) {
    return new Tried(held, Settlement.later(held.pending(), WaitsFor.TURN, Duration.ZERO));
  }

  /**
   * For those of whom nothing was begun. A row that somebody died with stays: whoever claims it
   * next must hear of that too.
   */
  void giveBack(List<Held> rows) {
    write(rows.stream().filter(held -> !held.crashed()).map(RetryLedger::unsent).toList());
  }

  /**
   * So that nobody takes them for left by somebody who died. While the database is away the lease
   * goes on running.
   */
  void renew(List<Held> underWay) {
    try {
      retries.renew(database, broadcast, underWay);
    } catch (DatabaseFailure away) {
      log.atWarn()
          .addKeyValue("broadcast", broadcast)
          .log("A lease could not be renewed: {}", away.getMessage());
    }
  }

  void write(List<Tried> settled) {
    if (settled.isEmpty()) {
      return;
    }
    Insistence.on(
        TRIES,
        broadcast,
        "A retry",
        () -> {
          retries.settle(database, broadcast, settled);
          return settled;
        });
    meter.settled(settled.stream().map(Tried::settlement).toList());
  }
}
