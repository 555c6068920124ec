package org.tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.bench.receiver.ReceiverProcess;
import org.tocsin.bench.receiver.WebhookReception;

/**
 * Whether a hub of many years is as quick as a new one: the same newsletter before and after a
 * great many old outcomes, with dead endpoints that are tried again and again, and while somebody
 * holds an old snapshot of the database.
 */
public final class DecayBench {
  private static final int NOBODY = 9;

  private final BenchOrder order;
  private final int outcomes;
  private final int deadEndpoints;

  /**
   * @param outcomes of broadcasts long over
   * @param deadEndpoints at a port where nobody listens
   */
  public DecayBench(BenchOrder order, int outcomes, int deadEndpoints) {
    this.order = order;
    this.outcomes = outcomes;
    this.deadEndpoints = deadEndpoints;
  }

  public Figure run() throws IOException {
    try (ReceiverProcess receiver = ReceiverProcess.start("smtp");
        BenchGround ground = BenchGround.open(order.folder(), order.clock());
        Fleet fleet = Fleet.start(order, ground, receiver, Map.of(), List.of())) {
      ground.subscribe(order.recipients());
      order.say(order.recipients() + " subscribers are there");
      fleet.send("2031-01", EmailBench.CHANNEL);
      Trial young = send(fleet, "2031-02", "a new hub");

      ground.grow(outcomes);
      Trial old = send(fleet, "2031-03", outcomes + " old outcomes");
      Trial held =
          ground.whileHeld(
              () -> {
                send(fleet, "2031-04", "an old snapshot held");
                return send(fleet, "2031-05", "and held for longer");
              });
      ground.register(
          deadEndpoints, NOBODY, 1, new WebhookReception(Optional.empty(), 0)::secretOf);
      send(fleet, "2031-06", "endpoints just found dead");
      Trial dead = send(fleet, "2031-07", deadEndpoints + " dead endpoints");
      Trial last = send(fleet, "2031-08", "the same again");

      Map<String, String> settings = ground.settings();
      settings.put("old_outcomes", "" + outcomes);
      settings.put("dead_endpoints", "" + deadEndpoints);
      return new Figure(
          "decay",
          "messages/s",
          last.perSecond(),
          young.perSecond(),
          List.of(young, old, held, dead, last).stream().allMatch(Trial::verified),
          new JsonObject()
              .put("new", young.toJson())
              .put("old_outcomes", old.toJson())
              .put("held_snapshot", held.toJson())
              .put("dead_endpoints", dead.toJson())
              .put("all_of_it", last.toJson()),
          settings);
    }
  }

  private Trial send(Fleet fleet, String month, String when) {
    Trial trial = fleet.send(month, EmailBench.CHANNEL);
    order.say(when + ": " + trial.toJson().encode());
    return trial;
  }
}
