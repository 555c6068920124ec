package org.tocsin.broadcasts;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channels.Outcome;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.database.Database;

/**
 * Tells operators of a message that is refused as such. A newsletter pauses itself, so that its
 * other readers are not lost to it; an alert or a STOP goes on, and who watches it is told.
 */
final class RefusalAlarm {
  private static final Logger log = LoggerFactory.getLogger(RefusalAlarm.class);

  private static final String EMAIL = "email";

  private final Database courier;
  private final Bus bus;
  private final RefusalRepository refusals = new RefusalRepository();
  private final FirstAnswers answers = new FirstAnswers();
  private final Map<Lane, Counter> alarms = new EnumMap<>(Lane.class);

  RefusalAlarm(Database courier, Bus bus, MeterRegistry registry) {
    this.courier = courier;
    this.bus = bus;
    for (Lane lane : Lane.values()) {
      alarms.put(
          lane,
          Counter.builder("tocsin.broadcasts.refused")
              .description("Messages of which nearly all of the first hundred were refused alike")
              .tag("lane", LaneMeter.word(lane))
              .register(registry));
    }
  }

  /** On an event loop. */
  void heard(Work work, Outcome outcome) {
    if (work.channel().equals(EMAIL)) {
      answers
          .heard(work.id().value(), outcome)
          .ifPresent(refusal -> Groups.later(() -> raise(work, refusal)));
    }
  }

  private void raise(Work work, String refusal) {
    boolean pauses = work.lane().pausesItself();
    if (!refusals.mark(courier, work.id().value(), refusal, pauses)) {
      return;
    }
    if (pauses) {
      work.stands(Progress.State.PAUSED);
    }
    Objects.requireNonNull(alarms.get(work.lane())).increment();
    log.atError()
        .addKeyValue("broadcast", work.id().value())
        .addKeyValue("lane", LaneMeter.word(work.lane()))
        .addKeyValue("code", refusal)
        .addKeyValue("paused", pauses)
        .log("Nearly all of the first hundred were refused alike, and not for their addresses");
    bus.publish(BroadcastNews.TOPIC, new BroadcastNews(work.id()));
  }
}
