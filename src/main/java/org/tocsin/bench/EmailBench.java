package org.tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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
          Fleet.start(
              order, ground, receiver, keys.map(EmailBench::signed).orElse(Map.of()), List.of())) {
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
    double wire = (before.perSecond() + after.perSecond()) / 2;
    JsonObject details =
        new JsonObject()
            .put("measured", warm.toJson())
            .put("first_run", cold.toJson())
            .put("raw_before", Math.round(before.perSecond()))
            .put("raw_after", Math.round(after.perSecond()));
    OptionalDouble signing =
        keys.isPresent()
            ? OptionalDouble.of(signing(keys, warm.bytesEach()))
            : OptionalDouble.empty();
    signing.ifPresent(alone -> details.put("signing_alone", Math.round(alone)));
    return new Figure(
        CHANNEL,
        "messages/s",
        warm.perSecond(),
        Math.min(wire, signing.orElse(wire)),
        cold.verified() && warm.verified(),
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
