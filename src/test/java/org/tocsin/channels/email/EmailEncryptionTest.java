package org.tocsin.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.net.PfxOptions;
import io.vertx.ext.mail.MailConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.server.SMTPServer;
import org.tocsin.channels.Destination;
import org.tocsin.channels.Envelope;
import org.tocsin.channels.Outcome;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.language.Languages;

/** The relay's certificate decides whether anything is said to it. */
class EmailEncryptionTest {
  private static final String PASSWORD = "changeit";
  private static final Settings REQUIRED = Letters.settings(Map.of("TOCSIN_SMTP_TLS", "required"));

  private final Vertx vertx = Vertx.vertx();
  private final List<String> taken = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void aRelayIsSpokenToOnlyIfItsCertificateIsTrustedAndNamesIt(@TempDir Path folder)
      throws Exception {
    Path right = certificate(folder.resolve("right.p12"), "localhost");
    Path wrong = certificate(folder.resolve("wrong.p12"), "relay.elsewhere.example");

    assertThat(send(right, right)).isEqualTo(new Outcome.Accepted("250"));
    assertThat(taken).hasSize(1);

    for (Outcome outcome : List.of(send(wrong, wrong), send(right, wrong))) {
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Deferred.class, deferred -> assertThat(deferred.code()).isEqualTo("tls"));
    }
    assertThat(taken).hasSize(1);
  }

  private Outcome send(Path shown, Path trusted) throws Exception {
    SMTPServer relay = relay(shown);
    try {
      MailConfig config = SinglePost.relay(REQUIRED, "localhost", relay.getPortAllocated());
      config.setTrustOptions(new PfxOptions().setPath(trusted.toString()).setPassword(PASSWORD));
      return send(config);
    } finally {
      relay.stop();
    }
  }

  private Outcome send(MailConfig config) {
    try (EmailChannel channel =
        new EmailChannel(vertx, REQUIRED, config, EmailChannel.DEADLINE, () -> Instant.EPOCH)) {
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
            .startTlsSocketFactory(tls(certificate))
            .messageHandler((context, from, to, data) -> taken.add(to))
            .build();
    server.start();
    return server;
  }

  private static SSLContext tls(Path certificate) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance(certificate.toFile(), PASSWORD.toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static Path certificate(Path store, String host)
      throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "relay",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-dname",
                "CN=" + host,
                "-ext",
                "SAN=dns:" + host,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    return store;
  }
}
