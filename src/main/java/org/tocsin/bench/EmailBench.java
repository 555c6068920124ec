package org.tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tocsin.bench.load.BareFigure;
import org.tocsin.bench.load.BareLoad;
import org.tocsin.bench.load.BareSmtpClient;
import org.tocsin.bench.receiver.ReceiverProcess;
import org.tocsin.channels.email.dkim.BareSigner;
import org.tocsin.channels.email.dkim.DkimSigner;
import org.tocsin.channels.email.dkim.NewDkimKeys;
import org.tocsin.platform.config.Settings.Dkim;

/**
 * A newsletter to everybody, personalised, each outcome durable, against what a bare pipelining
 * client reaches with mails of the same size at the same receiver just before and just after.
 */
public final class EmailBench {
  static final String CHANNEL = "email";
  static final int CONNECTIONS = 8;
  private static final String DOMAIN = "tocsin.example";

  private final BenchOrder order;

  public EmailBench(BenchOrder order) {
    this.order = order;
  }

  public Figure run() throws IOException {
    try (ReceiverProcess receiver = ReceiverProcess.start("smtp");
        BenchGround ground = BenchGround.open(order.folder(), order.clock())) {
      Optional<Dkim> keys =
          order.dkim()
              ? Optional.of(NewDkimKeys.make(ground.scratch("dkim"), DOMAIN, "bench"))
              : Optional.empty();
      try (Fleet fleet =
          Fleet.start(order, ground, receiver, keys.map(EmailBench::signed).orElse(Map.of()))) {
        return measure(receiver, ground, fleet, keys);
      }
    }
  }

  private static Map<String, String> signed(Dkim keys) {
    Map<String, String> settings = new HashMap<>();
    settings.put("TOCSIN_MAIL_FROM", "news@" + DOMAIN);
    settings.put("TOCSIN_SMTP_DKIM_DOMAIN", keys.domain());
    keys.rsa()
        .ifPresent(
            key -> {
              settings.put("TOCSIN_SMTP_DKIM_RSA_SELECTOR", key.selector());
              settings.put("TOCSIN_SMTP_DKIM_RSA_KEY", key.file().toString());
            });
    keys.ed25519()
        .ifPresent(
            key -> {
              settings.put("TOCSIN_SMTP_DKIM_ED25519_SELECTOR", key.selector());
              settings.put("TOCSIN_SMTP_DKIM_ED25519_KEY", key.file().toString());
            });
    return settings;
  }

  private Figure measure(
      ReceiverProcess receiver, BenchGround ground, Fleet fleet, Optional<Dkim> keys)
      throws IOException {
    ground.subscribe(order.recipients());
    order.say(order.recipients() + " subscribers are there");
    Comparison compared = Comparison.of(order, fleet, CHANNEL, bytes -> bare(receiver, bytes));
    Map<String, String> settings = order.describe(ground.settings());
    settings.put("connections", "" + CONNECTIONS);
    settings.put("dkim", "" + order.dkim());
    JsonObject details = compared.details();
    OptionalDouble signing =
        keys.isPresent()
            ? OptionalDouble.of(signing(keys, compared.warm().bytesEach()))
            : OptionalDouble.empty();
    signing.ifPresent(alone -> details.put("signing_alone", Math.round(alone)));
    return new Figure(
        CHANNEL,
        "messages/s",
        compared.warm().perSecond(),
        Math.min(compared.limit(), signing.orElse(compared.limit())),
        compared.verified(),
        details,
        settings);
  }

  /** Messages a second with all cores, and nothing else to do. */
  private double signing(Optional<Dkim> keys, int bytes) {
    return new BareSigner(DkimSigner.of(keys), bytes)
        .perSecond(Runtime.getRuntime().availableProcessors(), Duration.ofSeconds(order.seconds()));
  }

  private BareFigure bare(ReceiverProcess receiver, int bytes) throws IOException {
    receiver.remote().reset();
    return BareSmtpClient.run(
        new BareLoad(
            receiver.port(), CONNECTIONS, 1, Long.MAX_VALUE, Duration.ofSeconds(order.seconds())),
        bytes);
  }
}
