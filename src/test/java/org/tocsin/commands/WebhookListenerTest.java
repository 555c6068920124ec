package org.tocsin.commands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.channels.webhook.WebhookSignature;
import org.tocsin.testing.SettableClock;
import picocli.CommandLine;

@ExtendWith(VertxExtension.class)
class WebhookListenerTest {
  private static final String SECRET = WebhookSignature.newSecret();
  private static final String BODY =
      "{\"type\":\"newsletter.published\",\"data\":{\"title\":\"June\"}}";

  private static Vertx vertx;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-06-15T09:00:00Z"));
  private final StringWriter printed = new StringWriter();

  @BeforeAll
  static void begin(Vertx given) {
    vertx = given;
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void aGenuineWebhookIsPrintedWithItsVerdict() throws IOException, InterruptedException {
    int port = listen(202, SECRET);
    assertThat(post(port, BODY, SECRET).statusCode()).isEqualTo(202);
    assertThat(printed.toString())
        .contains(
            "2026-06-15T09:00:00Z  genuine  newsletter.published  msg_1  "
                + BODY.length()
                + " bytes")
        .contains("\"title\" : \"June\"");
  }

  @Test
  void aForgedOneIsToldApartAndRefused() throws IOException, InterruptedException {
    int port = listen(200, SECRET);
    assertThat(post(port, BODY, WebhookSignature.newSecret()).statusCode()).isEqualTo(400);
    assertThat(printed.toString()).contains("FORGED").doesNotContain("genuine");
  }

  @Test
  void anOldOneIsOutOfTime() throws IOException, InterruptedException {
    int port = listen(200, SECRET);
    HttpRequest old = signed(port, BODY, SECRET);
    clock.advance(java.time.Duration.ofMinutes(6));
    assertThat(client.send(old, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
    assertThat(printed.toString()).contains("OUT OF TIME");
  }

  @Test
  void withoutASecretNothingIsClaimed() throws IOException, InterruptedException {
    int port = listen(200);
    assertThat(post(port, BODY, SECRET).statusCode()).isEqualTo(200);
    assertThat(printed.toString()).contains("not verified");
  }

  @Test
  void theChallengeIsGivenBackAndTheHandshakeAnswered() throws IOException, InterruptedException {
    int port = listen(200);
    assertThat(
            post(port, "{\"type\":\"endpoint.test\",\"data\":{\"challenge\":\"abc\"}}", SECRET)
                .body())
        .isEqualTo("{\"challenge\":\"abc\"}");
    HttpResponse<String> handshake =
        client.send(
            HttpRequest.newBuilder(uri(port))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("WebHook-Request-Origin", "alerts.committee.example")
                .build(),
            BodyHandlers.ofString());
    assertThat(handshake.headers().firstValue("WebHook-Allowed-Origin"))
        .hasValue("alerts.committee.example");
  }

  @Test
  void nothingThatArrivesControlsTheTerminal() throws IOException, InterruptedException {
    int port = listen(200);
    post(port, "not json \u001b[2J\u0007\r", SECRET);
    assertThat(printed.toString()).contains("not json ?[2J??").doesNotContain("\u001b");
  }

  @Test
  void whatIsTooLongIsCutOff() throws IOException, InterruptedException {
    assertThat(post(listen(200), "x".repeat(70_000), SECRET).statusCode()).isEqualTo(413);
  }

  @Test
  void wrongUsageIsToldWithoutTheSecret() {
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(new ListenCommand())
            .setErr(new PrintWriter(err))
            .execute("--secret", "whsec_c2hvcnQ=");
    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("--secret is not").doesNotContain("c2hvcnQ=");
  }

  private int listen(int answer, String... secrets) {
    return new WebhookListener(List.of(secrets), answer, clock, new PrintWriter(printed))
        .listen(vertx, "127.0.0.1", 0);
  }

  private HttpResponse<String> post(int port, String body, String secret)
      throws IOException, InterruptedException {
    return client.send(signed(port, body, secret), BodyHandlers.ofString());
  }

  private HttpRequest signed(int port, String body, String secret) {
    long at = clock.instant().getEpochSecond();
    return HttpRequest.newBuilder(uri(port))
        .POST(BodyPublishers.ofString(body))
        .header("webhook-id", "msg_1")
        .header("webhook-timestamp", Long.toString(at))
        .header(
            "webhook-signature",
            WebhookSignature.sign(List.of(secret), "msg_1", at, body.getBytes(UTF_8)))
        .build();
  }

  private static URI uri(int port) {
    return URI.create("http://127.0.0.1:" + port + "/");
  }
}
