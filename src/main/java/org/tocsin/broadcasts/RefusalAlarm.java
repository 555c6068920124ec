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

  /** $2 the refusal, $3 whether it pauses itself. */
  private static final String MARK =
      """
      UPDATE engine.broadcast SET refused_with = $2, control_epoch = control_epoch + 1,
        state = CASE WHEN $3 THEN 'PAUSED' ELSE state END
      WHERE id = $1 AND state IN ('SNAPSHOTTING', 'RUNNING') AND refused_with IS NULL
      """;

  private final Database courier;
  private final Bus bus;
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
    if (courier.run(MARK, work.id().value(), refusal, pauses) == 0) {
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
