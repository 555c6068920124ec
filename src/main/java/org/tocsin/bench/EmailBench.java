package org.tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.tocsin.bench.load.BareFigure;
import org.tocsin.bench.load.BareLoad;
import org.tocsin.bench.load.BareSmtpClient;
import org.tocsin.bench.receiver.ReceiverProcess;

/**
 * A newsletter to everybody, personalised, each outcome durable, against what a bare pipelining
 * client reaches with mails of the same size at the same receiver just before and just after.
 */
public final class EmailBench {
  static final String CHANNEL = "email";
  static final int CONNECTIONS = 8;

  private final BenchOrder order;

  public EmailBench(BenchOrder order) {
    this.order = order;
  }

  public Figure run() throws IOException {
    try (ReceiverProcess receiver = ReceiverProcess.start("smtp");
        BenchGround ground = BenchGround.open(order.folder(), order.clock());
        Fleet fleet = Fleet.start(order, ground, receiver, CONNECTIONS, List.of())) {
      ground.subscribe(order.recipients());
      order.say(order.recipients() + " subscribers are there");
      Trial cold = fleet.send("2031-01", CHANNEL);
      order.say("first issue: " + cold.toJson().encode());
      BareFigure before = bare(receiver, cold.bytesEach());
      Trial warm = fleet.send("2031-02", CHANNEL);
      order.say("second issue: " + warm.toJson().encode());
      BareFigure after = bare(receiver, cold.bytesEach());
      Map<String, String> settings = ground.settings();
      settings.put("connections", "" + CONNECTIONS);
      settings.put("nodes", "" + order.nodes());
      settings.put("dkim", "" + order.dkim());
      return new Figure(
          CHANNEL,
          "messages/s",
          warm.perSecond(),
          (before.perSecond() + after.perSecond()) / 2,
          cold.verified() && warm.verified(),
          new JsonObject()
              .put("measured", warm.toJson())
              .put("first_run", cold.toJson())
              .put("raw_before", Math.round(before.perSecond()))
              .put("raw_after", Math.round(after.perSecond())),
          settings);
    }
  }

  private BareFigure bare(ReceiverProcess receiver, int bytes) throws IOException {
    receiver.remote().reset();
    BareFigure bare =
        BareSmtpClient.run(
            new BareLoad(
                receiver.port(),
                CONNECTIONS,
                1,
                Long.MAX_VALUE,
                Duration.ofSeconds(order.seconds())),
            bytes);
    order.say("bare client: " + Math.round(bare.perSecond()) + " messages a second");
    return bare;
  }
}
