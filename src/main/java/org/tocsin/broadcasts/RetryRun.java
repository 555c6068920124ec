package org.tocsin.broadcasts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.broadcasts.RetryRepository.Held;
import org.tocsin.broadcasts.RetryRepository.Tried;
import org.tocsin.broadcasts.Settlement.Result;
import org.tocsin.broadcasts.Settlement.WaitsFor;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.DatabaseFailure;

/** Tries rows of the retry queue again, all of one broadcast. */
final class RetryRun {
  private static final Logger log = LoggerFactory.getLogger(RetryRun.class);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Who found no place by then stays: their lease must not run out while they wait. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** Shorter than a row's lease: what is not written by then is in doubt. */
  private static final int TRIES = 100;

  private final Database database;
  private final SegmentRepository segments;
  private final RetryRepository retries;
  private final Courier courier;
  private final Work work;
  private final LaneMeter meter;
  private final BooleanSupplier stopping;

  RetryRun(
      Database database,
      SegmentRepository segments,
      RetryRepository retries,
      Courier courier,
      Work work,
      LaneMeter meter,
      BooleanSupplier stopping) {
    this.database = database;
    this.segments = segments;
    this.retries = retries;
    this.courier = courier;
    this.work = work;
    this.meter = meter;
    this.stopping = stopping;
  }

  void run(List<Held> rows) {
    List<Tried> settled = new ArrayList<>();
    IdentityHashMap<Pending, Held> toTry = new IdentityHashMap<>();
    for (Held held : rows) {
      if (held.crashed() && !(work.resendsInDoubt() && work.running())) {
        settled.add(new Tried(held, crashed(held.pending())));
      } else if (work.isCalledOff()) {
        settled.add(new Tried(held, work.callOff(held.pending())));
      } else if (work.running()) {
        toTry.put(held.pending(), held);
      } else {
        settled.add(unsent(held));
      }
    }
    write(settled);
    send(toTry);
    segments.finish(database, work.id().value());
  }

  private static Settlement crashed(Pending pending) {
    return Settlement.end(pending.ord(), Result.IN_DOUBT, "crash", pending.tries(), true);
  }

  /**
   * Handed on for another try. Written down like any end, with the same patience: a row that stays
   * held while the database is away would be in doubt when its lease ends, and nothing of it left.
   */
  private static Tried unsent(Held held) {
    return new Tried(held, Settlement.later(held.pending(), WaitsFor.TURN, Duration.ZERO));
  }

  private void send(IdentityHashMap<Pending, Held> toTry) {
    Flight flight = new Flight(courier, work);
    try {
      flight.depart(courier.prepare(work, List.copyOf(toTry.keySet())));
    } catch (RuntimeException nothingSent) {
      write(toTry.values().stream().map(RetryRun::unsent).toList());
      throw nothingSent;
    }
    long patient = System.nanoTime() + PATIENCE_NANOS;
    while (flight.underWay() > 0) {
      if (!work.running() || stopping.getAsBoolean() || System.nanoTime() > patient) {
        flight.callBack();
      }
      List<Tried> settled = new ArrayList<>();
      for (Landing landing : flight.land()) {
        Held held = Objects.requireNonNull(toTry.get(landing.pending()));
        switch (landing) {
          case Landing.Settled landed -> settled.add(new Tried(held, landed.settlement()));
          case Landing.Stayed _ -> settled.add(unsent(held));
        }
      }
      write(settled);
    }
  }

  private void write(List<Tried> settled) {
    if (settled.isEmpty()) {
      return;
    }
    for (int attempt = 1; ; attempt++) {
      try {
        retries.settle(database, work.id().value(), settled);
        meter.settled(settled.stream().map(Tried::settlement).toList());
        return;
      } catch (DatabaseFailure away) {
        if (attempt == TRIES) {
          throw away;
        }
        log.atWarn()
            .addKeyValue("broadcast", work.id().value())
            .log("A retry could not be written down and is tried again: {}", away.getMessage());
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
