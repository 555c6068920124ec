package org.tocsin.bench.receiver;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;

/** How many messages came in each tenth of a second since the first. */
final class Timeline {
  static final long STEP_NANOS = 100_000_000;

  /** Ten hours; what comes later is counted in the last step. */
  private static final int MOST_STEPS = 360_000;

  private int[] counts = new int[256];
  private int steps;
  private long first;
  private long last;

  void mark(long now) {
    if (steps == 0) {
      first = now;
    }
    last = now;
    int step = (int) Math.min((now - first) / STEP_NANOS, MOST_STEPS - 1);
    if (step >= counts.length) {
      counts = Arrays.copyOf(counts, Math.max(step + 1, counts.length * 2));
    }
    counts[step]++;
    steps = step + 1;
  }

  long first() {
    return first;
  }

  long last() {
    return last;
  }

  JsonObject toJson() {
    JsonArray list = new JsonArray();
    for (int step = 0; step < steps; step++) {
      list.add(counts[step]);
    }
    return new JsonObject()
        .put("first_nanos", first)
        .put("step_ms", STEP_NANOS / 1_000_000)
        .put("counts", list);
  }
}
