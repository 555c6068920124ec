package org.tocsin.broadcasts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.broadcasts.SegmentRepository.Grant;
import org.tocsin.broadcasts.Settlement.Result;
import org.tocsin.broadcasts.Settlement.WaitsFor;
import org.tocsin.platform.database.Database;

/**
 * Sends one claimed segment: while some recipients are under way the next are made ready, and each
 * flush settles who has landed and asks how far to go on.
 *
 * <p>Invariant: nothing is sent beyond the watermark that a flush brought back, and no more is
 * granted than the node's {@link Window} has places for, so a crash leaves at most those in doubt.
 */
final class SegmentRun {
  private static final Logger log = LoggerFactory.getLogger(SegmentRun.class);

  /** A flush renews the lease; well below its 30 s. */
  private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(8);

  private final Database database;
  private final SegmentRepository segments;
  private final Courier courier;
  private final Passage passage;
  private final Claim claim;
  private final Work work;
  private final BooleanSupplier stopping;
  private final Runnable allDeparted;
  private final SegmentLedger ledger;
  private final Flight flight;
  private final Places places;

  /** Who landed and is not written down yet. */
  private final List<Settlement> landed = new ArrayList<>();

  /** Granted, and nothing of it left. */
  private final List<Pending> stayed = new ArrayList<>();

  private int watermark;

  /** Of the landed, those who hold a place until they are written down. */
  private int settling;

  /** The last ord that was sent on its way, and the last that is settled. */
  private int departed;

  private int furthest;
  private long flushedAt;

  /**
   * @param allDeparted hears, perhaps again and again, that only answers are waited for: that may
   *     take minutes, and another segment may begin
   */
  SegmentRun(
      Database database,
      SegmentRepository segments,
      Courier courier,
      Passage passage,
      Claim claim,
      Work work,
      LaneMeter meter,
      BooleanSupplier stopping,
      Runnable allDeparted) {
    this.database = database;
    this.segments = segments;
    this.courier = courier;
    this.passage = passage;
    this.claim = claim;
    this.work = work;
    this.stopping = stopping;
    this.allDeparted = allDeparted;
    this.ledger = new SegmentLedger(database, segments, claim, meter);
    this.flight = new Flight(courier, work);
    this.places = new Places(passage, work);
    this.watermark = claim.sentHi();
    this.flushedAt = System.nanoTime();
  }

  void run() {
    try {
      List<Pending> left = segments.leftOver(database, claim);
      List<Pending> doubtful = left.stream().filter(Pending::inDoubt).toList();
      if (work.isCalledOff()) {
        callOff(doubtful, left.subList(doubtful.size(), left.size()));
      } else if (work.running()) {
        send(doubtful, left);
      } else if (doubtful.isEmpty()) {
        ledger.giveBack(List.of());
      }
      segments.finish(database, claim.broadcast());
    } catch (SegmentLedger.LeaseLost lost) {
      flight.callBack();
      log.atWarn()
          .addKeyValue("broadcast", claim.broadcast())
          .addKeyValue("segment", claim.segment())
          .log("The lease of a segment was lost");
    } finally {
      places.close();
    }
  }

  /** What was cut off since the claim is settled already: an empty flush tells how far it goes. */
  private void callOff(List<Pending> doubtful, List<Pending> rest) {
    int upto = flush(watermark).upto();
    if (ledger.done()) {
      return;
    }
    doubtful.forEach(this::doubt);
    rest.stream().filter(pending -> pending.ord() <= upto).map(work::callOff).forEach(landed::add);
    flush(watermark);
  }

  /** A node died while these were under way: told as in doubt, or sent again with the same id. */
  private void send(List<Pending> doubtful, List<Pending> left) {
    if (!work.resendsInDoubt()) {
      doubtful.forEach(this::doubt);
    }
    Lookahead ahead =
        new Lookahead(
            work.resendsInDoubt() ? left : left.subList(doubtful.size(), left.size()),
            work.atOnce(),
            batch -> courier.prepare(work, batch));
    try {
      while (!ledger.done() && work.running() && !stopping.getAsBoolean()) {
        goOn(ahead);
        land();
      }
    } catch (SegmentLedger.LeaseLost lost) {
      throw lost;
    } catch (RuntimeException failure) {
      withdraw(doubtful);
      throw failure;
    }
    if (!ledger.done()) {
      withdraw(doubtful);
    }
  }

  private void doubt(Pending pending) {
    landed.add(Settlement.unsent(pending.ord(), Result.IN_DOUBT, "crash", true));
  }

  /** Settles who has landed, and sends as many more as there is room for. */
  private void goOn(Lookahead ahead) {
    departAgain();
    List<Ready> next = ahead.next(Math.max(0, work.atOnce() - flight.underWay()));
    if (ahead.isExhausted() && stayed.isEmpty()) {
      allDeparted.run();
    }
    int room = places.take(next.size(), settling);
    boolean idle = room == 0 && landed.isEmpty() && !heartbeatIsDue();
    if (idle && flight.underWay() > 0) {
      return;
    }
    if (idle && !next.isEmpty()) {
      passage.await(work.lane());
      return;
    }
    flush(room == 0 ? watermark : next.get(room - 1).pending().ord());
    int granted = 0;
    while (granted < room && next.get(granted).pending().ord() <= watermark) {
      granted++;
    }
    passage.stayed(work.lane(), room - granted);
    if (granted > 0) {
      departed = next.get(granted - 1).pending().ord();
      flight.depart(ahead.take(granted));
    }
    keepPlaces();
  }

  /** Who waited too long is looked at again; they are granted still. */
  private void departAgain() {
    if (!stayed.isEmpty()) {
      List<Ready> again = courier.prepare(work, List.copyOf(stayed));
      stayed.clear();
      flight.depart(again);
    }
  }

  private boolean heartbeatIsDue() {
    return System.nanoTime() - flushedAt > HEARTBEAT_NANOS;
  }

  private Grant flush(int wanted) {
    landed.sort(Comparator.comparingInt(Settlement::ord));
    Grant grant = ledger.flush(landed, Math.max(wanted, watermark));
    watermark = Math.max(watermark, grant.sentHi());
    work.stands(grant.state());
    written();
    return grant;
  }

  private void written() {
    flushedAt = System.nanoTime();
    passage.left(work.lane(), settling);
    settling = 0;
    landed.clear();
  }

  private void keepPlaces() {
    places.keep(flight.underWay() + stayed.size() + settling);
  }

  private void land() {
    for (Landing landing : flight.land()) {
      switch (landing) {
        case Landing.Settled(Pending pending, Settlement settlement) -> {
          landed.add(settlement);
          settling++;
          furthest = Math.max(furthest, pending.ord());
        }
        case Landing.Stayed(Pending pending) -> stayed.add(pending);
      }
    }
  }

  /**
   * Calls back what has not left, waits for what has, and hands the segment on with nothing in
   * doubt.
   */
  private void withdraw(List<Pending> doubtful) {
    flight.callBack();
    while (flight.underWay() > 0) {
      land();
      if (!landed.isEmpty() || heartbeatIsDue()) {
        flush(watermark);
        keepPlaces();
      }
    }
    if (work.isCalledOff()) {
      stayed.stream().map(work::callOff).forEach(landed::add);
      flush(watermark);
    } else {
      queue(stayed.stream().filter(pending -> pending.inDoubt() || pending.ord() < furthest));
      if (work.resendsInDoubt()) {
        queue(doubtful.stream().filter(pending -> pending.ord() > departed));
      }
    }
    if (!ledger.done()) {
      ledger.giveBack(landed);
      written();
    }
  }

  /**
   * Whoever stands behind the last who left is granted anew; those between, and those in doubt,
   * wait in the queue.
   */
  private void queue(Stream<Pending> between) {
    between
        .map(pending -> Settlement.later(pending, WaitsFor.TURN, Duration.ZERO))
        .forEach(landed::add);
  }
}
