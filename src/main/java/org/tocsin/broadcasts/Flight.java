package org.tocsin.broadcasts;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The recipients of one run who are under way, landing in batches that are worth a statement. */
final class Flight {
  /** One statement settles so many at most. */
  static final int BATCH = 64;

  /** Who has landed waits so long for company. */
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** How soon a run that only waits looks up. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Courier courier;
  private final Work work;
  private final BlockingQueue<Landing> landed = new LinkedBlockingQueue<>();
  private final IdentityHashMap<Pending, Departure> waiting = new IdentityHashMap<>();
  private int underWay;

  Flight(Courier courier, Work work) {
    this.courier = courier;
    this.work = work;
  }

  int underWay() {
    return underWay;
  }

  void depart(List<Ready> all) {
    for (Ready ready : all) {
      underWay++;
      switch (ready) {
        case Ready.Settled(Pending pending, Settlement settlement) ->
            landed.add(new Landing.Settled(pending, settlement));
        case Ready.ToSend toSend ->
            waiting.put(toSend.pending(), courier.depart(work, toSend, landed::add));
      }
    }
  }

  /** Who has landed since; none where nobody is under way, or nobody lands for a while. */
  List<Landing> land() {
    List<Landing> batch = new ArrayList<>();
    try {
      long until = System.nanoTime() + PATIENCE_NANOS;
      while (batch.size() < Math.min(BATCH, underWay)) {
        Landing landing = landed.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (landing == null) {
          break;
        }
        if (batch.isEmpty()) {
          until = System.nanoTime() + GATHER_NANOS;
        }
        batch.add(landing);
        waiting.remove(landing.pending());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a window was under way", interrupted);
    }
    underWay -= batch.size();
    return batch;
  }

  /** Whoever has not left yet stays; all the same each of them lands. */
  void callBack() {
    waiting.values().forEach(Departure::callBack);
  }
}
