package org.tocsin.broadcasts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.tocsin.broadcasts.RetryRepository.Held;
import org.tocsin.broadcasts.RetryRepository.Tried;
import org.tocsin.broadcasts.Settlement.Result;
import org.tocsin.platform.database.Database;

/** Tries rows of the retry queue again, all of one broadcast. */
final class RetryRun {
  /** Who found no place by then stays: their lease must not run out while they wait. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** Well below a row's lease. */
  static final Duration RENEWAL = Duration.ofSeconds(30);

  private final Database database;
  private final SegmentRepository segments;
  private final RetryLedger ledger;
  private final Courier courier;
  private final Work work;
  private final BooleanSupplier stopping;
  private final IntConsumer settled;
  private final Duration renewal;
  private long renewedAt = System.nanoTime();

  /**
   * @param settled hears how many are written down, whose places are free
   * @param renewal how often the leases of those under way are renewed
   */
  RetryRun(
      Database database,
      SegmentRepository segments,
      RetryLedger ledger,
      Courier courier,
      Work work,
      BooleanSupplier stopping,
      IntConsumer settled,
      Duration renewal) {
    this.database = database;
    this.segments = segments;
    this.ledger = ledger;
    this.courier = courier;
    this.work = work;
    this.stopping = stopping;
    this.settled = settled;
    this.renewal = renewal;
  }

  void run(List<Held> rows) {
    List<Tried> ended = new ArrayList<>();
    IdentityHashMap<Pending, Held> toTry = new IdentityHashMap<>();
    for (Held held : rows) {
      if (held.crashed() && !(work.resendsInDoubt() && work.running())) {
        ended.add(new Tried(held, crashed(held.pending())));
      } else if (work.isCalledOff()) {
        ended.add(new Tried(held, work.callOff(held.pending())));
      } else if (work.running()) {
        toTry.put(held.pending(), held);
      } else {
        ended.add(RetryLedger.unsent(held));
      }
    }
    write(ended);
    send(toTry);
    segments.finish(database, work.id().value());
  }

  private static Settlement crashed(Pending pending) {
    return Settlement.end(pending.ord(), Result.IN_DOUBT, "crash", pending.tries(), true);
  }

  private void send(IdentityHashMap<Pending, Held> toTry) {
    List<Pending> left = new ArrayList<>(toTry.keySet());
    long patient = System.nanoTime() + PATIENCE_NANOS;
    try {
      while (!left.isEmpty() && mayLeave(patient)) {
        List<Pending> next = left.subList(0, Math.min(work.atOnce(), left.size()));
        List<Ready> ready = courier.prepare(work, List.copyOf(next));
        next.clear();
        fly(ready, toTry, patient);
      }
    } finally {
      write(
          left.stream()
              .map(pending -> RetryLedger.unsent(Objects.requireNonNull(toTry.get(pending))))
              .toList());
    }
  }

  private boolean mayLeave(long patient) {
    return work.running() && !stopping.getAsBoolean() && System.nanoTime() < patient;
  }

  private void fly(List<Ready> ready, IdentityHashMap<Pending, Held> toTry, long patient) {
    Flight flight = new Flight(courier, work);
    flight.depart(ready);
    while (flight.underWay() > 0) {
      if (!mayLeave(patient)) {
        flight.callBack();
      }
      List<Tried> tried = new ArrayList<>();
      for (Landing landing : flight.land()) {
        Held held = Objects.requireNonNull(toTry.get(landing.pending()));
        switch (landing) {
          case Landing.Settled landed -> tried.add(new Tried(held, landed.settlement()));
          case Landing.Stayed _ -> tried.add(RetryLedger.unsent(held));
        }
        toTry.remove(landing.pending());
      }
      write(tried);
      renew(toTry);
    }
  }

  private void write(List<Tried> batch) {
    ledger.write(batch);
    settled.accept(batch.size());
  }

  private void renew(IdentityHashMap<Pending, Held> held) {
    if (System.nanoTime() - renewedAt > renewal.toNanos() && !held.isEmpty()) {
      ledger.renew(List.copyOf(held.values()));
      renewedAt = System.nanoTime();
    }
  }
}
