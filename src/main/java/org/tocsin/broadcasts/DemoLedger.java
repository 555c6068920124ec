package org.tocsin.broadcasts;

import java.util.List;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.database.Database;

/**
 * Makes a past for a demonstration: broadcasts that look as if they had been sent, of which nothing
 * leaves. Only before the dispatchers start.
 */
public final class DemoLedger {
  private final Database database;
  private final Snapshotter snapshotter;
  private final DemoLedgerRepository ledger = new DemoLedgerRepository();

  public DemoLedger(Database database, Bus bus, List<Audience> audiences) {
    this.database = database;
    this.snapshotter = new Snapshotter(database, bus, audiences);
  }

  /** The first so many of its recipients got it, or all; the rest are still to be sent to. */
  public void sent(BroadcastId id, int many) {
    while (snapshotter.round()) {
      // whatever else is due is frozen too
    }
    database.inTransaction(tx -> ledger.sent(tx, id, many));
  }

  /** Whoever did not get it was put off, and is tried again tomorrow. */
  public void putOff(BroadcastId id) {
    database.inTransaction(tx -> ledger.putOff(tx, id));
  }
}
