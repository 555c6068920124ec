package org.tocsin.channels.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.channels.Channel;
import org.tocsin.channels.Destination;
import org.tocsin.channels.Envelope;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Outcome.Accepted;
import org.tocsin.channels.Outcome.Deferred;
import org.tocsin.channels.Outcome.InDoubt;
import org.tocsin.channels.Outcome.Refused;
import org.tocsin.platform.config.Settings;
import org.tocsin.testing.Receiver;
import org.tocsin.testing.SettableClock;

@ExtendWith(VertxExtension.class)
class WebhookChannelTest {
  private static final String SECRET = WebhookSignature.newSecret();
  private static final String OLD_SECRET = WebhookSignature.newSecret();
  private static final String BODY =
      "{\"type\":\"newsletter.published\",\"timestamp\":\"2026-06-15T09:00:00Z\",\"data\":{\"title\":\"Größe\"}}";
  private static final Duration DEADLINE = Duration.ofMillis(400);

  private Vertx vertx;
  private final SettableClock clock = new SettableClock(Instant.parse("2026-06-15T09:00:00Z"));
  private WebhookChannel channel;
  private WebhookChannel hasty;

  @BeforeEach
  void begin(Vertx given) {
    vertx = given;
    AddressGuard guard = new AddressGuard(vertx, new Settings.Webhooks(true, List.of()));
    WebhookTransport transport = new WebhookTransport(vertx, guard);
    channel = new WebhookChannel(transport, clock);
    hasty = new WebhookChannel(transport, clock, DEADLINE);
  }

  @Test
  void anEventArrivesSignedWithExactlyItsHeaders() {
    Receiver receiver = answering(200, "");
    assertThat(send(receiver)).isEqualTo(new Accepted("HTTP 200"));
    Receiver.Heard heard = receiver.heard.getFirst();
    assertThat(heard.method()).isEqualTo("HTTP_1_1 POST");
    assertThat(heard.path()).isEqualTo("/hook?tenant=7");
    assertThat(heard.body()).isEqualTo(BODY);
    assertThat(heard.headers().keySet())
        .containsExactlyInAnyOrder(
            "host",
            "content-length",
            "content-type",
            "user-agent",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature");
    assertThat(heard.header("host")).isEqualTo("127.0.0.1:" + receiver.port);
    assertThat(heard.header("content-type")).isEqualTo("application/json");
    assertThat(heard.header("webhook-id")).isEqualTo("msg_1");
    assertThat(heard.header("webhook-timestamp")).isEqualTo("" + clock.instant().getEpochSecond());
    assertThat(verify(heard, SECRET)).isEqualTo(WebhookSignature.Verdict.GENUINE);
  }

  @Test
  void bothSecretsSignDuringARotation() {
    Receiver receiver = answering(204, "");
    assertThat(
            channel
                .send(content(), envelope(receiver.url(), List.of(SECRET, OLD_SECRET), Map.of()))
                .await())
        .isEqualTo(new Accepted("HTTP 204"));
    Receiver.Heard heard = receiver.heard.getFirst();
    assertThat(heard.header("webhook-signature").split(" ")).hasSize(2);
    assertThat(verify(heard, SECRET)).isEqualTo(WebhookSignature.Verdict.GENUINE);
    assertThat(verify(heard, OLD_SECRET)).isEqualTo(WebhookSignature.Verdict.GENUINE);
  }

  @Test
  void aRetryHasTheSameIdAndItsOwnTimestamp() {
    Receiver receiver = answering(200, "");
    send(receiver);
    clock.advance(Duration.ofMinutes(5));
    send(receiver);
    assertThat(receiver.heard)
        .extracting(heard -> heard.header("webhook-id"))
        .containsOnly("msg_1");
    assertThat(receiver.heard)
        .extracting(heard -> heard.header("webhook-timestamp"))
        .doesNotHaveDuplicates();
    assertThat(verify(receiver.heard.getLast(), SECRET))
        .isEqualTo(WebhookSignature.Verdict.GENUINE);
  }

  @Test
  void thePartnersHeadersGoAlongButReplaceNoneOfOurs() {
    Receiver receiver = answering(200, "");
    channel
        .send(
            content(),
            envelope(
                receiver.url(),
                List.of(SECRET),
                Map.of(
                    "Authorization", "Bearer abc",
                    "Host", "inner.example",
                    "Content-Length", "1",
                    "Webhook-Id", "forged",
                    "webhook-extra", "x",
                    "Transfer-Encoding", "chunked",
                    "X-Split", "a\r\nwebhook-id: forged")))
        .await();
    Receiver.Heard heard = receiver.heard.getFirst();
    assertThat(heard.header("authorization")).isEqualTo("Bearer abc");
    assertThat(heard.header("host")).isEqualTo("127.0.0.1:" + receiver.port);
    assertThat(heard.header("webhook-id")).isEqualTo("msg_1");
    assertThat(heard.headers()).doesNotContainKeys("webhook-extra", "transfer-encoding", "x-split");
    assertThat(heard.body()).isEqualTo(BODY);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void anyAnswerOf2xxIsSuccess(int status) {
    assertThat(send(answering(status, ""))).isEqualTo(new Accepted("HTTP " + status));
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 304, 400, 401, 404, 413, 429, 500, 502, 503, 504})
  void anyOtherAnswerIsTriedAgain(int status) {
    assertThat(send(answering(status, status == 304 ? "" : "no")))
        .isEqualTo(
            new Deferred("HTTP " + status, status == 304 ? "" : "no", Optional.empty(), true));
  }

  @Test
  void anEndpointThatIsGoneIsRefusedForEver() {
    assertThat(send(answering(410, "closed")))
        .isEqualTo(new Refused("HTTP 410", "closed", Outcome.Reason.GONE, true));
  }

  @ParameterizedTest
  @CsvSource({
    "429, 120, PT2M",
    "503, 'Mon, 15 Jun 2026 09:30:00 GMT', PT30M",
    "502, 999999, PT24H",
    "504, 5, PT5S",
    "500, 7, PT7S",
  })
  void retryAfterIsHonoured(int status, String header, Duration wait) {
    Receiver receiver =
        Receiver.answering(
            vertx,
            request ->
                request.response().setStatusCode(status).putHeader("retry-after", header).end());
    assertThat(send(receiver))
        .isEqualTo(new Deferred("HTTP " + status, "", Optional.of(wait), true));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsAFailureAndNotFollowed(int status) {
    Receiver target = answering(200, "");
    Receiver receiver =
        Receiver.answering(
            vertx,
            request ->
                request.response().setStatusCode(status).putHeader("location", target.url()).end());
    assertThat(send(receiver))
        .isEqualTo(new Deferred("HTTP " + status, "", Optional.empty(), true));
    assertThat(receiver.heard).hasSize(1);
    assertThat(target.heard).isEmpty();
  }

  @Test
  void aServerThatHangsLeavesTheEventInDoubtAtTheDeadline() {
    Receiver receiver = Receiver.answering(vertx, _ -> {});
    long start = System.nanoTime();
    assertThat(hasty.send(content(), envelope(receiver.url())).await())
        .isInstanceOfSatisfying(
            InDoubt.class, doubt -> assertThat(doubt.code()).isEqualTo("timeout"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(DEADLINE.minusMillis(50));
  }

  @Test
  void aStopWaitsForNoConnectionThatOtherEventsHold() {
    Receiver receiver =
        Receiver.conversing(
            vertx,
            new HttpServerOptions(),
            (request, heard) -> {
              if (heard.header("webhook-id").equals("msg_stop")) {
                request.response().end();
              }
            });
    for (int event = 0; event < 20; event++) {
      channel.send(content(), envelope(receiver.url()));
    }
    eventually("some hang, the others wait", () -> receiver.heard.size() == 4);
    JsonObject stop = new EventContent("msg_stop", "alert.stopped", BODY).toJson();
    assertThat(
            channel.plate(stop, Channel.Manner.STOP).print(envelope(receiver.url())).send().await())
        .isEqualTo(new Accepted("HTTP 200"));
    assertThat(receiver.heard).hasSize(5);
  }

  @Test
  void aServerThatDripsItsHeadersLeavesTheEventInDoubtAtTheDeadline() {
    Receiver receiver =
        Receiver.raw(vertx, socket -> drip(socket, "HTTP/1.1 200 OK\r\nx-endless: ", "a"));
    assertThat(hasty.send(content(), envelope(receiver.url())).await())
        .isInstanceOfSatisfying(
            InDoubt.class, doubt -> assertThat(doubt.code()).isEqualTo("timeout"));
  }

  @Test
  void aServerThatDripsItsBodyHasAnsweredAndIsCutOffAtTheDeadline() {
    AtomicInteger closed = new AtomicInteger();
    Receiver receiver =
        Receiver.raw(
            vertx,
            socket -> {
              socket.closeHandler(_ -> closed.incrementAndGet());
              drip(socket, "HTTP/1.1 500 No\r\ncontent-length: 9999\r\n\r\n", "x");
            });
    assertThat(hasty.send(content(), envelope(receiver.url())).await())
        .isInstanceOfSatisfying(
            Deferred.class, deferred -> assertThat(deferred.code()).isEqualTo("HTTP 500"));
    eventually("the connection is cut", () -> closed.get() == 1);
  }

  @Test
  void aHugeAnswerIsReadTo16KibibytesAndCutOff() {
    AtomicInteger closed = new AtomicInteger();
    Receiver receiver =
        Receiver.answering(
            vertx,
            request -> {
              request.connection().closeHandler(_ -> closed.incrementAndGet());
              flood(request);
            });
    assertThat(send(receiver))
        .isInstanceOfSatisfying(
            Deferred.class,
            deferred -> {
              assertThat(deferred.code()).isEqualTo("HTTP 500");
              assertThat(deferred.answer()).hasSize(WebhookTransport.MOST_RESPONSE_BYTES);
            });
    eventually("the connection is cut", () -> closed.get() == 1);
  }

  @Test
  void endlessHeadersLeaveTheEventInDoubt() {
    Receiver receiver =
        Receiver.raw(
            vertx,
            socket ->
                socket.handler(
                    _ ->
                        socket.write("HTTP/1.1 200 OK\r\nx: " + "a".repeat(100_000) + "\r\n\r\n")));
    assertThat(send(receiver)).isInstanceOf(InDoubt.class);
  }

  @Test
  void whatIsNotHttpLeavesTheEventInDoubt() {
    Receiver receiver =
        Receiver.raw(vertx, socket -> socket.handler(_ -> socket.write("220 mail ready\r\n\r\n")));
    assertThat(send(receiver)).isInstanceOf(InDoubt.class);
  }

  @Test
  void aConnectionClosedAfterTheRequestLeavesTheEventInDoubtAndIsNotTriedAgain() {
    AtomicInteger connections = new AtomicInteger();
    Receiver receiver =
        Receiver.raw(
            vertx,
            socket -> {
              connections.incrementAndGet();
              socket.handler(_ -> socket.close());
            });
    assertThat(send(receiver))
        .isInstanceOfSatisfying(
            InDoubt.class, doubt -> assertThat(doubt.code()).isEqualTo("closed"));
    assertThat(connections).hasValue(1);
  }

  @Test
  void aKeptConnectionThatTheServerClosedIsNotHeldAgainstTheEvent() {
    List<NetSocket> sockets = new CopyOnWriteArrayList<>();
    Receiver receiver =
        Receiver.raw(
            vertx,
            socket -> {
              sockets.add(socket);
              socket.handler(_ -> socket.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
            });
    assertThat(send(receiver)).isEqualTo(new Accepted("HTTP 200"));
    assertThat(send(receiver)).isEqualTo(new Accepted("HTTP 200"));
    assertThat(sockets).as("kept alive").hasSize(1);
    sockets.getFirst().close().await();
    eventually(
        "the next goes over a new connection",
        () -> send(receiver).equals(new Accepted("HTTP 200")) && sockets.size() > 1);
  }

  @Test
  void aPortWhereNobodyListensIsTriedAgain() {
    Receiver receiver = answering(200, "");
    vertx.close().await();
    Vertx another = Vertx.vertx();
    try {
      WebhookChannel alone =
          new WebhookChannel(
              new WebhookTransport(
                  another, new AddressGuard(another, new Settings.Webhooks(true, List.of()))),
              clock);
      assertThat(alone.send(content(), envelope(receiver.url())).await())
          .isInstanceOfSatisfying(
              Deferred.class, deferred -> assertThat(deferred.code()).isEqualTo("connect"));
    } finally {
      another.close().await();
    }
  }

  @Test
  void anEndpointIsNeverGivenMoreThanFourConnections() {
    AtomicInteger open = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Receiver receiver =
        Receiver.answering(
            vertx,
            request -> {
              most.accumulateAndGet(open.incrementAndGet(), Math::max);
              vertx.setTimer(
                  20,
                  _ -> {
                    open.decrementAndGet();
                    request.response().end();
                  });
            });
    List<Future<Outcome>> sent = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      sent.add(channel.send(content(), envelope(receiver.url())));
    }
    assertThat(Future.all(sent).await().<Outcome>list()).containsOnly(new Accepted("HTTP 200"));
    assertThat(most).hasValue(4);
  }

  @Test
  void aForbiddenAddressIsRefusedAtTheMomentOfSending() {
    assertThat(channel.send(content(), envelope("https://10.0.0.1/hook")).await())
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Outcome.Reason.FORBIDDEN);
              assertThat(refused.code()).isEqualTo("forbidden address");
            });
  }

  @Test
  void anUnusableSecretIsAnOutcomeAndNoException() {
    assertThat(
            channel
                .send(content(), envelope("http://127.0.0.1:1/", List.of("whsec_short"), Map.of()))
                .await())
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Outcome.Reason.UNSENDABLE));
  }

  private Receiver answering(int status, String body) {
    return Receiver.answering(vertx, request -> request.response().setStatusCode(status).end(body));
  }

  private void drip(NetSocket socket, String start, String drop) {
    socket.write(start);
    long timer = vertx.setPeriodic(20, _ -> socket.write(drop));
    socket.endHandler(_ -> vertx.cancelTimer(timer));
  }

  private static void flood(HttpServerRequest request) {
    Buffer chunk = Buffer.buffer("x".repeat(4_096));
    request.response().setStatusCode(500).setChunked(true);
    Handler<Void> more =
        _ -> {
          for (int i = 0; i < 50 && !request.response().writeQueueFull(); i++) {
            request.response().write(chunk);
          }
        };
    request.response().drainHandler(more);
    more.handle(null);
  }

  private Outcome send(Receiver receiver) {
    return channel.send(content(), envelope(receiver.url())).await();
  }

  private static JsonObject content() {
    return new EventContent("msg_1", "newsletter.published", BODY).toJson();
  }

  private static Envelope envelope(String url) {
    return envelope(url, List.of(SECRET), Map.of());
  }

  private static Envelope envelope(String url, List<String> secrets, Map<String, String> headers) {
    return new Envelope(
        "delivery_1",
        new Destination.Endpoint(URI.create(url), secrets, headers, OptionalDouble.empty()),
        Map.of());
  }

  private WebhookSignature.Verdict verify(Receiver.Heard heard, String secret) {
    return WebhookSignature.verify(
        List.of(secret),
        heard.header("webhook-id"),
        heard.header("webhook-timestamp"),
        heard.header("webhook-signature"),
        heard.body().getBytes(UTF_8),
        clock.instant());
  }
}
