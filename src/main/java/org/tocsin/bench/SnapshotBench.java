package org.tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.tocsin.bench.receiver.ReceiverProcess;

/**
 * How soon all recipients of a release are frozen, while the first are already written to, against
 * one bare statement that writes as many rows.
 */
public final class SnapshotBench {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final BenchOrder order;

  public SnapshotBench(BenchOrder order) {
    this.order = order;
  }

  public Figure run() throws IOException {
    try (ReceiverProcess receiver = ReceiverProcess.start("smtp");
        BenchGround ground = BenchGround.open(order.folder(), order.clock());
        Fleet fleet = Fleet.start(order, ground, receiver, Map.of())) {
      ground.subscribe(order.recipients());
      order.say(order.recipients() + " subscribers are there");
      Frozen cold = freeze(ground, fleet, receiver, "2031-01");
      order.say("first issue: " + cold.toJson().encode());
      Frozen warm = freeze(ground, fleet, receiver, "2031-02");
      order.say("second issue: " + warm.toJson().encode());
      double bare = ground.bareSeconds(order.recipients());
      return new Figure(
          "snapshot",
          "recipients/s",
          order.recipients() / warm.seconds,
          order.recipients() / bare,
          cold.verified() && warm.verified(),
          new JsonObject()
              .put("measured", warm.toJson())
              .put("first_run", cold.toJson())
              .put("raw_seconds", bare),
          order.describe(ground.settings()));
    }
  }

  /** Until all were frozen, until the first was received, and what became of it. */
  private record Frozen(double seconds, long firstAfterMillis, JsonObject ledger, JsonObject got) {
    /** Cut off in the middle, and still everybody is accounted for. */
    boolean verified() {
      long settled = ledger.getLong("sent") + ledger.getLong("cancelled");
      return settled == ledger.getLong("total")
          && got.getLong("received").equals(ledger.getLong("sent"));
    }

    JsonObject toJson() {
      return new JsonObject()
          .put("seconds", seconds)
          .put("first_after_ms", firstAfterMillis)
          .put("total", ledger.getLong("total"))
          .put("sent_meanwhile", ledger.getLong("sent"));
    }
  }

  private static Frozen freeze(
      BenchGround ground, Fleet fleet, ReceiverProcess receiver, String month) {
    receiver.remote().reset();
    BenchLetter.Released letter = BenchLetter.release(fleet.desk(), month);
    while (!ground.frozen()) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    double seconds = (System.nanoTime() - letter.at()) / 1e9;
    fleet.desk().cancel(letter.broadcast(EmailBench.CHANNEL));
    JsonObject ledger = fleet.ended(letter.broadcast(EmailBench.CHANNEL));
    JsonObject got = receiver.remote().state();
    return new Frozen(seconds, (got.getLong("first_nanos") - letter.at()) / 1_000_000, ledger, got);
  }
}
