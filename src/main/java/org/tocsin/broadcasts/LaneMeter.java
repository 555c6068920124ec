package org.tocsin.broadcasts;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tocsin.broadcasts.Settlement.Result;

/**
 * Counts what one lane of one channel does in this process. Labels are channel, lane and outcome:
 * nothing of a message, and nothing of a recipient. Yet the urgent lane's figures tell when an
 * alert leaves and to how many, so {@code /metrics} is for operators alone.
 */
final class LaneMeter {
  private final Counter claimed;
  private final Map<Result, Counter> settled;

  LaneMeter(MeterRegistry registry, String channel, Lane lane) {
    this.claimed =
        Counter.builder("tocsin.segments.claimed")
            .description("Segments this process took to send")
            .tag("channel", channel)
            .tag("lane", word(lane))
            .register(registry);
    this.settled =
        Arrays.stream(Result.values())
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(),
                    result ->
                        Counter.builder("tocsin.deliveries")
                            .description("Tries written down, by how they ended")
                            .tag("channel", channel)
                            .tag("lane", word(lane))
                            .tag("outcome", word(result))
                            .register(registry)));
  }

  void claimed() {
    claimed.increment();
  }

  /** After the commit, and once: what is tried again is counted at each try. */
  void settled(List<Settlement> batch) {
    for (Settlement settlement : batch) {
      Counter counter = settled.get(settlement.result());
      if (counter != null) {
        counter.increment();
      }
    }
  }

  static String word(Lane lane) {
    return lane.name().toLowerCase(Locale.ROOT);
  }

  private static String word(Result result) {
    return result == Result.RETRY ? "deferred" : result.name().toLowerCase(Locale.ROOT);
  }
}
