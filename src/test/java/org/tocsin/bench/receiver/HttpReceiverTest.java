package org.tocsin.bench.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.channels.webhook.WebhookSignature;
import org.tocsin.testing.SettableClock;

/** What a webhook receiver counts, and what it refuses. */
class HttpReceiverTest {
  private static final String BODY =
      "{\"type\":\"newsletter.published\",\"data\":{\"title\":\"June\"}}";
  private static final WebhookReception RECEPTION = new WebhookReception(Optional.empty(), 1);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-06-15T09:00:00Z"));
  private final ReceiverFixture receiver = new ReceiverFixture(RECEPTION, clock);

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void aGenuineWebhookIsReceivedAndAcknowledged() throws IOException {
    assertThat(statusOf(post("17", "msg_1", secretOf("17")))).isEqualTo(200);
    assertThat(receiver.count("acknowledged")).isEqualTo(1);
    assertThat(receiver.remote.received()).startsWith("17\tmsg_1\t1\t1\t");
    assertThat(receiver.remote.samples()).isEqualTo(BODY);
  }

  @Test
  void aForgedOneIsRefusedAndCountedApart() throws IOException {
    assertThat(statusOf(post("17", "msg_1", secretOf("18")))).isEqualTo(400);
    String changed = post("17", "msg_1", secretOf("17")).replace("June", "July");
    assertThat(statusOf(changed)).isEqualTo(400);
    assertThat(receiver.apart("forged")).isEqualTo(2);
    assertThat(receiver.count("received")).isZero();
    assertThat(receiver.remote.flawed()).startsWith("FORGED\n").contains("July");
  }

  @Test
  void anOldOneAndOneWithoutIdAreRefusedAndCountedApart() throws IOException {
    String old = post("17", "msg_1", secretOf("17"));
    clock.advance(Duration.ofMinutes(6));
    assertThat(statusOf(old)).isEqualTo(400);
    assertThat(statusOf(post("17", "msg_1", secretOf("17")).replace("Webhook-Id", "X-Id")))
        .isEqualTo(400);
    assertThat(receiver.apart("out_of_time")).isEqualTo(1);
    assertThat(receiver.apart("malformed")).isEqualTo(1);
    assertThat(receiver.count("received")).isZero();
  }

  @Test
  void theSameIdIsADuplicateAtOneEndpointAndNotAtTwo() throws IOException {
    statusOf(post("17", "msg_1", secretOf("17")));
    statusOf(post("18", "msg_1", secretOf("18")));
    assertThat(receiver.count("duplicates")).isZero();
    assertThat(receiver.count("recipients")).isEqualTo(2);
    statusOf(post("18", "msg_1", secretOf("18")));
    assertThat(receiver.count("duplicates")).isEqualTo(1);
    statusOf(post("18", "msg_2", secretOf("18")));
    assertThat(receiver.count("others")).isEqualTo(1);
  }

  @Test
  void aConnectionServesManyRequestsHoweverTheirBytesAreCut() throws IOException {
    try (Wire wire = new Wire(receiver.port())) {
      wire.writeByteByByte(post("17", "msg_1", secretOf("17")));
      assertThat(status(wire)).isEqualTo(200);
      wire.write(post("17", "msg_2", secretOf("17")) + post("17", "msg_3", secretOf("17")));
      assertThat(status(wire)).isEqualTo(200);
      assertThat(status(wire)).isEqualTo(200);
      wire.write(post("17", "msg_4", secretOf("17")).replace("Host", "Connection: close\r\nHost"));
      assertThat(status(wire)).isEqualTo(200);
      assertThat(wire.line()).isEqualTo(Wire.CLOSED);
    }
    assertThat(receiver.count("acknowledged")).isEqualTo(4);
    assertThat(receiver.count("connections")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"drop, 0, 0", "drop_recorded, 1, 1"})
  void aDroppedRequestIsReceivedOnlyWhereItIsRecorded(
      String how, long received, long unacknowledged) throws IOException {
    receiver.rule("at", "request", "do", how);
    try (Wire wire = new Wire(receiver.port())) {
      wire.write(post("17", "msg_1", secretOf("17")));
      assertThat(wire.line()).isEqualTo(Wire.CLOSED);
    }
    assertThat(receiver.count("received")).isEqualTo(received);
    assertThat(receiver.count("unacknowledged")).isEqualTo(unacknowledged);
  }

  @Test
  void anEndpointCanBeBusyAndSayWhenToComeAgain() throws IOException {
    receiver.rule("at", "request", "do", "429", "to", "17", "retry_after", 30);
    try (Wire wire = new Wire(receiver.port())) {
      wire.write(post("17", "msg_1", secretOf("17")));
      assertThat(wire.line()).isEqualTo("HTTP/1.1 429 Too Many Requests");
      assertThat(wire.line()).isEqualTo("Content-Length: 0");
      assertThat(wire.line()).isEqualTo("Retry-After: 30");
    }
    assertThat(statusOf(post("117", "msg_1", secretOf("117")))).isEqualTo(200);
    assertThat(receiver.apart("answered_429")).isEqualTo(1);
    assertThat(receiver.count("received")).isEqualTo(1);
  }

  @Test
  void aRuleForAStageOfMailIsRefused() {
    assertThatThrownBy(() -> receiver.rule("at", "dot", "do", "drop"))
        .hasMessageContaining("[CONNECT, REQUEST]");
  }

  @Test
  void whoAsksBeforehandMaySend() throws IOException {
    try (Wire wire = new Wire(receiver.port())) {
      wire.write("OPTIONS /17 HTTP/1.1\r\nWebHook-Request-Origin: hub.example\r\n\r\n");
      assertThat(wire.line()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(wire.line()).isEqualTo("Content-Length: 0");
      assertThat(wire.line()).isEqualTo("WebHook-Allowed-Origin: hub.example");
    }
    assertThat(receiver.count("received")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "'GET /17 HTTP/1.1\r\n\r\n', 405",
    "'POST /17 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n', 411",
    "'POST /17 HTTP/1.1\r\nContent-Length: -7\r\n\r\n', 411",
    "'nonsense\r\n\r\n', 405"
  })
  void whatIsNoWebhookIsRefused(String request, int status) throws IOException {
    assertThat(statusOf(request.translateEscapes())).isEqualTo(status);
    assertThat(receiver.count("received")).isZero();
  }

  private int statusOf(String request) throws IOException {
    try (Wire wire = new Wire(receiver.port())) {
      wire.write(request);
      return status(wire);
    }
  }

  private static int status(Wire wire) throws IOException {
    String line = wire.line();
    while (!wire.line().isEmpty()) {}
    return Integer.parseInt(line.substring(9, 12));
  }

  private static String secretOf(String endpoint) {
    return RECEPTION.secretOf(endpoint);
  }

  private String post(String endpoint, String id, String secret) {
    long now = clock.instant().getEpochSecond();
    return """
    POST /%s HTTP/1.1
    Host: partner.example
    Webhook-Id: %s
    webhook-timestamp: %d
    webhook-signature: %s
    content-length: %d

    """
            .formatted(
                endpoint,
                id,
                now,
                WebhookSignature.sign(List.of(secret), id, now, BODY.getBytes(UTF_8)),
                BODY.length())
            .replace("\n", "\r\n")
        + BODY;
  }
}
