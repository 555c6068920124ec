package org.tocsin.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.tocsin.bench.load.BareFigure;
import org.tocsin.bench.load.BareHttpClient;
import org.tocsin.bench.load.BareLoad;
import org.tocsin.bench.receiver.ReceiverProcess;
import org.tocsin.bench.receiver.WebhookReception;

/**
 * An event to every endpoint, signed with the secret of each, over kept connections, each outcome
 * durable, against a bare client that signs and posts as much to the same receiver.
 */
public final class WebhookBench {
  private static final String CHANNEL = "webhook";
  private static final int ADDRESSES = 64;
  private static final int CONNECTIONS = 64;

  /** Of a connection: to verify each would cost the receiver what the hub is measured on. */
  private static final int VERIFY_EVERY = 16;

  private final BenchOrder order;
  private final WebhookReception reception = new WebhookReception(Optional.empty(), 0);

  public WebhookBench(BenchOrder order) {
    this.order = order;
  }

  public Figure run() throws IOException {
    try (ReceiverProcess receiver =
            ReceiverProcess.start(
                "http", "--addresses", "" + ADDRESSES, "--verify-every", "" + VERIFY_EVERY);
        BenchGround ground = BenchGround.open(order.folder(), order.clock());
        Fleet fleet = Fleet.start(order, ground, receiver, Map.of())) {
      ground.register(order.recipients(), receiver.port(), ADDRESSES, reception::secretOf);
      order.say(order.recipients() + " endpoints are there");
      Comparison compared = Comparison.of(order, fleet, CHANNEL, bytes -> bare(receiver, bytes));
      Map<String, String> settings = order.describe(ground.settings());
      settings.put("addresses", "" + ADDRESSES);
      return new Figure(
          CHANNEL,
          "requests/s",
          compared.warm().perSecond(),
          compared.limit(),
          compared.verified(),
          compared.details(),
          settings);
    }
  }

  private BareFigure bare(ReceiverProcess receiver, int bytes) throws IOException {
    receiver.remote().reset();
    return BareHttpClient.run(
        new BareLoad(
            receiver.port(), CONNECTIONS, 1, Long.MAX_VALUE, Duration.ofSeconds(order.seconds())),
        new BareHttpClient.Post(bytes, order.recipients(), true),
        reception,
        order.clock());
  }
}
