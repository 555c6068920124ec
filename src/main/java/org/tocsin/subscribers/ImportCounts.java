package org.tocsin.subscribers;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What became of the rows of a file: each row counts once, so the numbers add up to the rows. */
public record ImportCounts(Map<Outcome, Integer> byOutcome) {
  /** Of one row. */
  public enum Outcome {
    /** A new subscriber, active. */
    IMPORTED,
    /** Known already, and now signed up for more. */
    UPDATED,
    /** Known already, and nothing is new. */
    UNCHANGED,
    /** The same address stood higher up in the file. */
    DUPLICATE,
    /** The file itself says that this person is not active. */
    NOT_ACTIVATED,
    /** The person left, or must not be written to: an import never overwrites that. */
    LEFT_OUT,
    REFUSED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static final ImportCounts NONE = new ImportCounts(Map.of());

  public int of(Outcome outcome) {
    return byOutcome.getOrDefault(outcome, 0);
  }

  public int rows() {
    return byOutcome.values().stream().mapToInt(Integer::intValue).sum();
  }

  ImportCounts plus(Outcome outcome) {
    Map<Outcome, Integer> more = new EnumMap<>(Outcome.class);
    more.putAll(byOutcome);
    more.merge(outcome, 1, Integer::sum);
    return new ImportCounts(Map.copyOf(more));
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    Arrays.stream(Outcome.values()).forEach(outcome -> json.put(outcome.word(), of(outcome)));
    return json;
  }

  static ImportCounts fromJson(JsonObject json) {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, json.getInteger(outcome.word(), 0));
    }
    return new ImportCounts(Map.copyOf(counts));
  }
}
