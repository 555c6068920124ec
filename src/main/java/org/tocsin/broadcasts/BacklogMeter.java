package org.tocsin.broadcasts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.time.Duty;

/**
 * What waits, for all nodes, read from the database every few seconds; not a number while the
 * database does not answer.
 */
final class BacklogMeter implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(5);

  /** What is measured of a lane of a channel. */
  private enum Measure {
    OLDEST_READY(
        "tocsin.segments.oldest.ready.seconds",
        "Since when the oldest broadcast with a segment that nobody has taken yet is running"),
    WATERMARK(
        "tocsin.watermark.age.seconds",
        "How long ago the last delivery was written down, where there is something to send"),
    RETRIES("tocsin.retries.waiting", "Deliveries that are to be tried again");

    private final String metric;
    private final String description;

    Measure(String metric, String description) {
      this.metric = metric;
      this.description = description;
    }
  }

  private record Place(Measure measure, String channel, Lane lane) {}

  private final Database courier;
  private final BacklogRepository backlog = new BacklogRepository();
  private volatile Map<Place, Double> known = Map.of();
  private volatile boolean answered;
  private @Nullable Duty duty;

  BacklogMeter(MeterRegistry registry, Database courier, Iterable<String> channels) {
    this.courier = courier;
    for (String channel : channels) {
      for (Lane lane : Lane.values()) {
        for (Measure measure : Measure.values()) {
          Place place = new Place(measure, channel, lane);
          Gauge.builder(measure.metric, () -> answered ? known.getOrDefault(place, 0d) : Double.NaN)
              .description(measure.description)
              .tag("channel", channel)
              .tag("lane", LaneMeter.word(lane))
              .register(registry);
        }
      }
    }
  }

  void start() {
    duty = Duty.start("backlog", PERIOD, this::round);
  }

  boolean round() {
    try {
      known = measure();
      answered = true;
    } catch (RuntimeException away) {
      answered = false;
      throw away;
    }
    return false;
  }

  private Map<Place, Double> measure() {
    Map<Place, Double> found = new HashMap<>();
    for (BacklogRepository.Open open : backlog.open(courier)) {
      found.put(new Place(Measure.OLDEST_READY, open.channel(), open.lane()), open.oldestReady());
      found.put(new Place(Measure.WATERMARK, open.channel(), open.lane()), open.watermark());
    }
    for (BacklogRepository.Retries retries : backlog.retries(courier)) {
      found.put(
          new Place(Measure.RETRIES, retries.channel(), retries.lane()),
          (double) retries.waiting());
    }
    return Map.copyOf(found);
  }

  @Override
  public void close() {
    if (duty != null) {
      duty.close();
    }
  }
}
