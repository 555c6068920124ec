package org.tocsin.bench.receiver;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a receiver misbehaves, as a suite writes it: {@code {"rules": [{"at": "dot", "do":
 * "drop_recorded", "share": 0.05}], "delay_ms": 20}}.
 *
 * @param rules the first that fits counts
 * @param delayMs before each answer, or each group of answers to what came at once
 * @param dripMs between the bytes of an answer
 * @param perSecond how many messages are acknowledged a second at most; 0 for no bound
 * @param refuseSeconds for so long from now on nobody is let in, and all inside are thrown out
 */
public record Faults(List<Rule> rules, int delayMs, int dripMs, int perSecond, int refuseSeconds) {
  public static final Faults NONE = new Faults(List.of(), 0, 0, 0, 0);

  private static final Set<String> KEYS =
      Set.of("rules", "delay_ms", "drip_ms", "per_second", "refuse_seconds");

  public Faults {
    rules = List.copyOf(rules);
    if (delayMs < 0 || dripMs < 0 || perSecond < 0 || refuseSeconds < 0) {
      throw new IllegalArgumentException("no number is negative");
    }
  }

  /**
   * @throws IllegalArgumentException or {@link ClassCastException} for anything it does not know
   */
  public static Faults of(JsonObject json) {
    refuseUnknown(json, KEYS);
    return new Faults(
        json.getJsonArray("rules", new JsonArray()).stream()
            .map(rule -> Rule.of((JsonObject) rule))
            .toList(),
        json.getInteger("delay_ms", 0),
        json.getInteger("drip_ms", 0),
        json.getInteger("per_second", 0),
        json.getInteger("refuse_seconds", 0));
  }

  /** A misspelt fault would be a suite that tries nothing and is green. */
  static void refuseUnknown(JsonObject json, Set<String> keys) {
    Set<String> unknown = new TreeSet<>(json.fieldNames());
    unknown.removeAll(keys);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("unknown: " + String.join(", ", unknown));
    }
  }
}
