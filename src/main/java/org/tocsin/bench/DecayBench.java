package org.tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.bench.receiver.ReceiverProcess;
import org.tocsin.bench.receiver.WebhookReception;

/**
 * Whether a hub of many years is as quick as a new one: the same newsletter before and after a
 * great many old outcomes, then while somebody holds an old snapshot of the database, and at last
 * with dead endpoints too, which are tried again and again.
 */
public final class DecayBench {
  private static final int NOBODY = 9;

  private final BenchOrder order;
  private final int outcomes;
  private final int deadEndpoints;
  private final Duration held;
  private YearMonth month = YearMonth.of(2031, 1);

  /**
   * @param outcomes of broadcasts long over
   * @param deadEndpoints at a port where nobody listens
   * @param held how long issues go out beside the old snapshot before the endpoints die
   */
  public DecayBench(BenchOrder order, int outcomes, int deadEndpoints, Duration held) {
    this.order = order;
    this.outcomes = outcomes;
    this.deadEndpoints = deadEndpoints;
    this.held = held;
  }

  public Figure run() throws IOException {
    try (ReceiverProcess receiver = ReceiverProcess.start("smtp");
        BenchGround ground = BenchGround.open(order.folder(), order.clock());
        Fleet fleet = Fleet.start(order, ground, receiver, Map.of())) {
      ground.subscribe(order.recipients());
      order.say(order.recipients() + " subscribers are there");
      send(fleet, "a hub not warm yet");
      Trial young = send(fleet, "a new hub");
      ground.grow(outcomes);
      Trial old = send(fleet, outcomes + " old outcomes");
      return ground.whileHeld(
          () -> {
            Trial beside = sendOn(fleet);
            ground.register(
                deadEndpoints, NOBODY, 1, new WebhookReception(Optional.empty(), 0)::secretOf);
            Trial found = send(fleet, "endpoints just found dead");
            Trial last = send(fleet, deadEndpoints + " dead endpoints");
            return figure(ground, young, old, beside, found, last);
          });
    }
  }

  /** Issue after issue; the last of them counts. */
  private Trial sendOn(Fleet fleet) {
    long until = System.nanoTime() + held.toNanos();
    Trial trial = send(fleet, "an old snapshot held");
    while (System.nanoTime() < until) {
      trial = send(fleet, "and held for longer");
    }
    return trial;
  }

  private Trial send(Fleet fleet, String when) {
    Trial trial = fleet.send(month.toString(), EmailBench.CHANNEL);
    month = month.plusMonths(1);
    order.say(when + ": " + trial.toJson().encode());
    return trial;
  }

  private Figure figure(
      BenchGround ground, Trial young, Trial old, Trial beside, Trial found, Trial last) {
    Map<String, String> settings = order.describe(ground.settings());
    settings.put("old_outcomes", "" + outcomes);
    settings.put("dead_endpoints", "" + deadEndpoints);
    settings.put("held", "" + held);
    return new Figure(
        "decay",
        "messages/s",
        last.perSecond(),
        young.perSecond(),
        List.of(young, old, beside, found, last).stream().allMatch(Trial::verified),
        new JsonObject()
            .put("new", young.toJson())
            .put("old_outcomes", old.toJson())
            .put("held_snapshot", beside.toJson())
            .put("endpoints_found_dead", found.toJson())
            .put("all_of_it", last.toJson()),
        settings);
  }
}
