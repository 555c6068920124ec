package org.tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.tocsin.bench.load.BareFigure;

/** A hub's first broadcast and, between two looks at the limit of the machine, its second. */
record Comparison(Trial cold, BareFigure before, Trial warm, BareFigure after) {
  /** A bare client that sends messages of so many bytes. */
  interface Bare {
    BareFigure run(int bytes) throws IOException;
  }

  static Comparison of(BenchOrder order, Fleet fleet, String channel, Bare bare)
      throws IOException {
    Trial cold = fleet.send("2031-01", channel);
    order.say("first: " + cold.toJson().encode());
    BareFigure before = bare.run(cold.bytesEach());
    order.say("bare client: " + Math.round(before.perSecond()) + " a second");
    Trial warm = fleet.send("2031-02", channel);
    order.say("second: " + warm.toJson().encode());
    BareFigure after = bare.run(cold.bytesEach());
    order.say("bare client: " + Math.round(after.perSecond()) + " a second");
    return new Comparison(cold, before, warm, after);
  }

  double limit() {
    return (before.perSecond() + after.perSecond()) / 2;
  }

  boolean verified() {
    return cold.verified() && warm.verified();
  }

  JsonObject details() {
    return new JsonObject()
        .put("measured", warm.toJson())
        .put("first_run", cold.toJson())
        .put("raw_before", Math.round(before.perSecond()))
        .put("raw_after", Math.round(after.perSecond()));
  }
}
