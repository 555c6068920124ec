package org.tocsin.bench.receiver;

import io.vertx.core.json.JsonObject;

/** What a receiver has written down since the last reset. Used on one event loop only. */
final class Logbook {
  private final boolean remember;
  private Tally tally;
  private Samples samples = new Samples();
  private int connections;
  private int open;

  Logbook(boolean remember) {
    this.remember = remember;
    this.tally = new Tally(remember);
  }

  void reset() {
    tally = new Tally(remember);
    samples = new Samples();
    connections = 0;
  }

  Tally tally() {
    return tally;
  }

  Samples samples() {
    return samples;
  }

  void opened() {
    connections++;
    open++;
  }

  void closed() {
    open--;
  }

  JsonObject toJson() {
    return tally.toJson().put("connections", connections).put("open", open);
  }
}
