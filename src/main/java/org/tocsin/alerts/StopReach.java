package org.tocsin.alerts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.Delivery;
import org.tocsin.broadcasts.Progress;

/** Whom a stop is for, and who of them does not have it: not yet, or not at all. */
final class StopReach {
  private final AlertBook book;
  private final Broadcasts broadcasts;

  StopReach(AlertBook book, Broadcasts broadcasts) {
    this.book = book;
    this.broadcasts = broadcasts;
  }

  /**
   * @param most how many are listed
   * @return empty where the chain was not stopped, or nothing of it ever was to leave
   */
  Optional<Told> of(Chain chain, int most) {
    List<Sending> all =
        chain.stopped() ? book.sendings.ofChain(book.database, chain.id()) : List.of();
    Optional<AlertId> stop =
        all.isEmpty()
            ? Optional.empty()
            : book.alerts.ofChain(book.database, chain.id(), book.now()).stream()
                .filter(one -> one.type() == AlertType.STOP)
                .map(Alert::id)
                .findFirst();
    return stop.map(id -> told(id, all, book.readers.ofChain(book.database, chain.id()), most));
  }

  private Told told(AlertId stop, List<Sending> all, List<Long> readers, int most) {
    long reached = 0;
    long told = 0;
    List<Told.Untold> untold = new ArrayList<>();
    for (Sending sending : all) {
      if (sending.alert().equals(stop)) {
        Progress progress = broadcasts.find(sending.broadcast()).orElseThrow();
        reached += Math.max(progress.total(), reached(stop, sending, all, readers));
        told += progress.sent();
        for (Delivery one :
            most == untold.size()
                ? List.<Delivery>of()
                : broadcasts.without(sending.broadcast(), most - untold.size())) {
          untold.add(new Told.Untold(sending.email(), one));
        }
      }
    }
    boolean known =
        all.stream()
            .filter(sending -> !sending.alert().equals(stop))
            .allMatch(sending -> broadcasts.keepsDeliveries(sending.broadcast()));
    return new Told(known, reached, told, untold);
  }

  /** Also before the stop's own recipients are known, so that it never says "all" too early. */
  private long reached(AlertId stop, Sending telling, List<Sending> all, List<Long> readers) {
    List<BroadcastId> stopped =
        all.stream()
            .filter(one -> !one.alert().equals(stop) && one.channel().equals(telling.channel()))
            .map(Sending::broadcast)
            .toList();
    return broadcasts.reached(stopped, telling.email() ? readers : List.of());
  }
}
