package org.tocsin.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.tocsin.bench.receiver.ReceiverProcess;

/**
 * How soon an urgent alert has reached its members while a newsletter goes out at full rate,
 * against the same alert of an idle hub, and what it costs the newsletter.
 */
public final class UrgentBench {
  private static final int MEMBERS = 1_000;
  private static final long STEP_NANOS = 100_000_000;

  private final BenchOrder order;

  public UrgentBench(BenchOrder order) {
    this.order = order;
  }

  public Figure run() throws IOException {
    try (ReceiverProcess receiver = ReceiverProcess.start("smtp", "--remember");
        BenchGround ground = BenchGround.open(order.folder(), order.clock());
        Fleet fleet = Fleet.start(order, ground, receiver, Map.of())) {
      ground.subscribe(order.recipients());
      ground.admit(MEMBERS);
      order.say(order.recipients() + " subscribers and " + MEMBERS + " members are there");
      Told cold = Told.alert(fleet, receiver, MEMBERS);
      order.say("an idle hub's first alert: " + cold.toJson().encode());
      Told idle = Told.alert(fleet, receiver, MEMBERS);
      order.say("an idle hub's second: " + idle.toJson().encode());

      receiver.remote().reset();
      String newsletter =
          BenchLetter.release(fleet.desk(), "2031-01").broadcast(EmailBench.CHANNEL);
      LockSupport.parkNanos(Duration.ofSeconds(2L * order.seconds()).toNanos());
      Told urgent = Told.alert(fleet, receiver, MEMBERS);
      order.say("during a newsletter: " + urgent.toJson().encode());
      LockSupport.parkNanos(Duration.ofSeconds(order.seconds()).toNanos());
      JsonObject timeline = receiver.remote().timeline();
      boolean meanwhile = fleet.desk().broadcast(newsletter).getInteger("pending") > 0;
      if (meanwhile) {
        fleet.desk().cancel(newsletter);
        fleet.ended(newsletter);
      } else {
        order.say("the newsletter was over too soon: take more --recipients or fewer --seconds");
      }

      double before = rate(timeline, urgent.released(), -order.seconds());
      double after = rate(timeline, urgent.released(), order.seconds());
      double alertsShare = (double) urgent.total() / order.seconds();
      Map<String, String> settings = order.describe(ground.settings());
      return new Figure(
          "urgent",
          "ms (p99 from release to receipt)",
          urgent.p99Millis(),
          idle.p99Millis(),
          urgent.verified() && idle.verified() && meanwhile,
          new JsonObject()
              .put("measured", urgent.toJson())
              .put("idle", idle.toJson())
              .put("first_run", cold.toJson())
              .put("newsletter_per_second_before", Math.round(before))
              .put("newsletter_per_second_during", Math.round(after - alertsShare))
              .put(
                  "newsletter_slowed_percent",
                  Math.round(1000 * (before - after + alertsShare) / before) / 10.0),
          settings);
    }
  }

  /** Of all that was received in so many seconds after, or before, a moment. */
  private static double rate(JsonObject timeline, long moment, int seconds) {
    JsonArray counts = timeline.getJsonArray("counts");
    int at = (int) ((moment - timeline.getLong("first_nanos")) / STEP_NANOS);
    int other = at + (int) (Duration.ofSeconds(seconds).toNanos() / STEP_NANOS);
    int until = Math.min(counts.size(), Math.max(at, other));
    long received = 0;
    for (int step = Math.max(0, Math.min(at, other)); step < until; step++) {
      received += counts.getInteger(step);
    }
    return (double) received / Math.abs(seconds);
  }
}
