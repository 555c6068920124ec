package org.tocsin.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.ext.mail.MailConfig;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.server.SMTPServer;
import org.tocsin.channels.Destination;
import org.tocsin.channels.Envelope;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.email.smtp.SmtpLane;
import org.tocsin.channels.email.smtp.SmtpLimits;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.language.Languages;
import org.tocsin.testing.TestCertificate;

/** The relay's certificate decides whether anything is said to it. */
@ExtendWith(VertxExtension.class)
class EmailEncryptionTest {
  private static final Settings REQUIRED = Letters.settings(Map.of("TOCSIN_SMTP_TLS", "required"));

  private static Vertx vertx;
  private final List<String> taken = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void begin(Vertx given) {
    vertx = given;
  }

  @Test
  void aRelayIsSpokenToOnlyIfItsCertificateIsTrustedAndNamesIt(@TempDir Path folder)
      throws Exception {
    Path right = TestCertificate.make(folder, "localhost");
    Path wrong = TestCertificate.make(folder, "relay.elsewhere.example");

    assertThat(send(right, right)).isEqualTo(new Outcome.Accepted("250"));
    assertThat(taken).hasSize(1);

    for (Outcome outcome : List.of(send(wrong, wrong), send(right, wrong))) {
      assertThat(outcome).isEqualTo(new Outcome.Unsent("tls certificate", Outcome.Blocks.CHANNEL));
    }
    assertThat(taken).hasSize(1);
  }

  private Outcome send(Path shown, Path trusted) throws Exception {
    SMTPServer relay = relay(shown);
    try {
      MailConfig config = SinglePost.relay(REQUIRED, "localhost", relay.getPortAllocated());
      config.setTrustOptions(TestCertificate.trusted(trusted));
      NetClientOptions base =
          new NetClientOptions().setTrustOptions(TestCertificate.trusted(trusted));
      RelayProbe probe =
          new RelayProbe(vertx, REQUIRED, "localhost", relay.getPortAllocated(), base);
      return send(new SinglePost(vertx, config, probe, EmailChannel.DEADLINE, _ -> {}), config);
    } finally {
      relay.stop();
    }
  }

  private Outcome send(SinglePost single, MailConfig config) {
    SmtpLane bulk =
        new SmtpLane(
            vertx,
            Relays.of(REQUIRED, config.getHostname(), config.getPort(), SmtpLimits.USUAL),
            _ -> {});
    try (EmailChannel channel = new EmailChannel(REQUIRED, single, bulk, () -> Instant.EPOCH)) {
      MailContent content =
          new LetterPress(REQUIRED).press(Letters.newsletter(), Languages.load().in("en"));
      return channel
          .send(
              content.toJson(),
              new Envelope("d1", new Destination.Mailbox("a@x.example"), Letters.READER))
          .await();
    }
  }

  private SMTPServer relay(Path certificate) throws GeneralSecurityException, IOException {
    SMTPServer server =
        SMTPServer.port(0)
            .bindAddress(InetAddress.getLoopbackAddress())
            .enableTLS()
            .requireTLS()
            .startTlsSocketFactory(TestCertificate.shown(certificate))
            .messageHandler((context, from, to, data) -> taken.add(to))
            .build();
    server.start();
    return server;
  }
}
