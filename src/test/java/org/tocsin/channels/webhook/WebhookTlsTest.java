package org.tocsin.channels.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.platform.config.Settings;
import org.tocsin.testing.Receiver;

/** The vetted address is connected to, and the name still proves whose it is. */
@ExtendWith(VertxExtension.class)
class WebhookTlsTest {
  private static final String PASSWORD = "not a secret";

  /** RFC 9113, 7. */
  private static final long REFUSED_STREAM = 0x7;

  private static final long INTERNAL_ERROR = 0x2;
  private static PfxOptions receiverTest = new PfxOptions();

  private static Vertx vertx;

  @BeforeAll
  static void begin(Vertx given) {
    vertx = given;
  }

  @BeforeAll
  static void makeCertificate(@TempDir Path folder) throws IOException, InterruptedException {
    Path store = folder.resolve("receiver.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "receiver",
                "-keyalg",
                "EC",
                "-dname",
                "CN=receiver.test",
                "-ext",
                "san=dns:receiver.test",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).as(Files.readString(folder.resolve("keytool.log"))).isZero();
    receiverTest =
        new PfxOptions().setValue(Buffer.buffer(Files.readAllBytes(store))).setPassword(PASSWORD);
  }

  @Test
  void theNameIsKeptForHostSniAndCertificateOverHttp2() {
    Receiver receiver = receiver(true);
    assertThat(post("https://receiver.test:" + receiver.port + "/hook", true))
        .isInstanceOfSatisfying(
            Exchange.Answered.class, answered -> assertThat(answered.status()).isEqualTo(200));
    Receiver.Heard heard = receiver.heard.getFirst();
    assertThat(heard.method()).isEqualTo("HTTP_2 POST");
    assertThat(heard.header("sni")).isEqualTo("receiver.test");
    assertThat(heard.header("authority")).isEqualTo("receiver.test:" + receiver.port);
  }

  @Test
  void aServerWithoutHttp2IsSpokenToInHttp1() {
    Receiver receiver = receiver(false);
    assertThat(post("https://receiver.test:" + receiver.port + "/hook", true))
        .isInstanceOf(Exchange.Answered.class);
    assertThat(receiver.heard.getFirst().method()).isEqualTo("HTTP_1_1 POST");
    assertThat(receiver.heard.getFirst().header("host"))
        .isEqualTo("receiver.test:" + receiver.port);
  }

  @Test
  void aCertificateOfAnotherNameIsRefusedBeforeAnythingIsSent() {
    Receiver receiver = receiver(true);
    assertNotSent(post("https://impostor.test:" + receiver.port + "/hook", true));
    assertNotSent(post("https://127.0.0.1:" + receiver.port + "/hook", true));
    assertThat(receiver.heard).isEmpty();
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() {
    Receiver receiver = receiver(true);
    assertNotSent(post("https://receiver.test:" + receiver.port + "/hook", false));
    assertThat(receiver.heard).isEmpty();
  }

  @Test
  void aStreamThatTheServerSaysItDidNotLookAtReachedNobody() {
    assertNotSent(http2(request -> request.response().reset(REFUSED_STREAM)), "protocol");
    assertNotSent(http2(request -> request.connection().goAway(0, 0)), "closed");
  }

  @Test
  void aStreamThatTheServerLookedAtAndBrokeOffMayHaveReachedIt() {
    assertThat(http2(request -> request.response().reset(INTERNAL_ERROR)))
        .isInstanceOf(Exchange.Unanswered.class);
    assertThat(
            http2(
                request -> {
                  request.connection().goAway(0, request.streamId());
                  request.response().reset(INTERNAL_ERROR);
                }))
        .isInstanceOf(Exchange.Unanswered.class);
  }

  /** What comes of a request that is answered so. */
  private Exchange http2(Handler<HttpServerRequest> answer) {
    Receiver receiver =
        Receiver.answering(
            vertx,
            new HttpServerOptions()
                .setSsl(true)
                .setSni(true)
                .setUseAlpn(true)
                .setKeyCertOptions(receiverTest),
            answer);
    return post("https://receiver.test:" + receiver.port + "/hook", true);
  }

  private static void assertNotSent(Exchange exchange, String code) {
    assertThat(exchange)
        .isInstanceOfSatisfying(
            Exchange.NotSent.class, notSent -> assertThat(notSent.code()).isEqualTo(code));
  }

  private static void assertNotSent(Exchange exchange) {
    assertNotSent(exchange, "tls");
  }

  private Receiver receiver(boolean http2) {
    return Receiver.answering(
        vertx,
        new HttpServerOptions()
            .setSsl(true)
            .setSni(true)
            .setUseAlpn(http2)
            .setKeyCertOptions(receiverTest),
        request -> request.response().end());
  }

  private Exchange post(String url, boolean trusting) {
    HttpClientOptions base = new HttpClientOptions();
    if (trusting) {
      base.setTrustOptions(receiverTest);
    }
    WebhookTransport transport =
        new WebhookTransport(
            vertx,
            new AddressGuard(
                vertx, new Settings.Webhooks(true, List.of()), WebhookTlsTest::resolve),
            base);
    return transport
        .exchange(url, HttpMethod.POST, Map.of(), Buffer.buffer("{}"), Duration.ofSeconds(10))
        .await();
  }

  private static List<InetAddress> resolve(String name) throws UnknownHostException {
    if (!name.endsWith(".test")) {
      throw new UnknownHostException(name);
    }
    return List.of(InetAddress.ofLiteral("127.0.0.1"));
  }
}
