package org.tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tocsin.bench.receiver.ReceiverProcess;
import org.tocsin.correspondents.InventedMembers;

/**
 * How one alert reached the members that a bench made.
 *
 * @param released {@link System#nanoTime} just before the release was asked for
 * @param afterNanos how long after it each member's mail was received, the soonest first
 */
record Told(long released, JsonObject ledger, int members, int distinct, List<Long> afterNanos) {
  /** The receiver remembers whom it was given what. */
  static Told alert(Fleet fleet, ReceiverProcess receiver, int members) {
    String id = fleet.desk().approveAlert();
    long released = System.nanoTime();
    JsonObject ledger = fleet.ended(fleet.desk().releaseAlert(id));
    Set<String> told = new HashSet<>();
    List<Long> after =
        receiver
            .remote()
            .received()
            .lines()
            .filter(line -> line.contains(InventedMembers.DOMAIN))
            .map(line -> line.split("\t", -1))
            .filter(fields -> Long.parseLong(fields[4]) > released)
            .peek(fields -> told.add(fields[0]))
            .map(fields -> Long.parseLong(fields[4]) - released)
            .sorted()
            .toList();
    return new Told(released, ledger, members, told.size(), after);
  }

  boolean verified() {
    return ledger.getInteger("sent").equals(ledger.getInteger("total"))
        && distinct == members
        && afterNanos.size() == members;
  }

  int total() {
    return ledger.getInteger("total");
  }

  double p99Millis() {
    return millis(afterNanos.get((int) Math.ceil(0.99 * afterNanos.size()) - 1));
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("total", total())
        .put("members", members)
        .put("received", afterNanos.size())
        .put("first_ms", millis(afterNanos.getFirst()))
        .put("p50_ms", millis(afterNanos.get(afterNanos.size() / 2)))
        .put("p99_ms", p99Millis())
        .put("all_ms", millis(afterNanos.getLast()));
  }

  private static double millis(long nanos) {
    return Math.round(nanos / 100_000.0) / 10.0;
  }
}
