package org.tocsin.broadcasts;

import java.util.IdentityHashMap;
import java.util.List;

/** The recipients of one run who are under way, landing in batches that are worth a statement. */
final class Flight {
  /** One statement settles so many at most, and no run has more under way. */
  static final int BATCH = 64;

  private final Courier courier;
  private final Work work;
  private final Landings landed = new Landings();
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
    List<Landing> batch = landed.take(Math.min(BATCH, underWay));
    batch.forEach(landing -> waiting.remove(landing.pending()));
    underWay -= batch.size();
    return batch;
  }

  /** Whoever has not left yet stays; all the same each of them lands. */
  void callBack() {
    waiting.values().forEach(Departure::callBack);
  }
}
