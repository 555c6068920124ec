package org.tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;

/**
 * One broadcast, by its ledger and by what the receiver swears to.
 *
 * @param got the receiver's counts
 * @param released {@link System#nanoTime} just before the release was asked for
 * @param seconds until the last outcome was seen
 * @param cpu that the hubs used meanwhile
 */
record Trial(JsonObject ledger, JsonObject got, long released, double seconds, Duration cpu) {
  /** A receiver of webhooks verifies a part of the signatures, and counts those it did not. */
  private static final Set<String> HARMLESS = Set.of("unverified");

  /** Everybody got exactly one, and it was a good one. */
  boolean verified() {
    long total = ledger.getLong("total");
    return ledger.getLong("sent") == total
        && got.getLong("received") == total
        && got.getLong("recipients") == total
        && got.getLong("duplicates") + got.getLong("others") == 0
        && HARMLESS.containsAll(got.getJsonObject("apart").fieldNames());
  }

  double perSecond() {
    return ledger.getInteger("sent") / seconds;
  }

  int bytesEach() {
    return (int) (got.getLong("bytes") / Math.max(1, got.getLong("received")));
  }

  long firstAfterMillis() {
    return (got.getLong("first_nanos") - released) / 1_000_000;
  }

  JsonObject toJson() {
    int sent = ledger.getInteger("sent");
    return new JsonObject()
        .put("seconds", Math.round(100 * seconds) / 100.0)
        .put("total", ledger.getInteger("total"))
        .put("sent", sent)
        .put("received", got.getLong("received"))
        .put("recipients", got.getLong("recipients"))
        .put("duplicates", got.getLong("duplicates") + got.getLong("others"))
        .put("apart", got.getJsonObject("apart"))
        .put("bytes_each", bytesEach())
        .put("first_after_ms", firstAfterMillis())
        .put("hub_cpu_us_each", cpu.toNanos() / 1_000 / Math.max(1, sent))
        .put("per_second", Math.round(perSecond()));
  }
}
