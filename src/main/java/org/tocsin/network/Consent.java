package org.tocsin.network;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.channels.webhook.Exchange;
import org.tocsin.channels.webhook.WebhookSignature;
import org.tocsin.channels.webhook.WebhookTransport;
import org.tocsin.platform.crypto.Base32;
import org.tocsin.platform.crypto.Secrets;

/**
 * Asks a receiver whether it wants to be told: first by the handshake of CloudEvents' HTTP webhooks
 * 1.0 (section 4), else by a signed challenge. Goes over the network; never inside a transaction.
 */
final class Consent {
  /** Somebody waits for the answer. */
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final WebhookTransport transport;
  private final InstantSource clock;
  private final String origin;

  /** {@code origin}: the host name under which the hub introduces itself. */
  Consent(WebhookTransport transport, InstantSource clock, String origin) {
    this.transport = transport;
    this.clock = clock;
    this.origin = origin;
  }

  /** What the receiver answered. */
  sealed interface Answer {
    record Given(ConsentKind kind, Optional<Integer> eventsPerMinute) implements Answer {}

    /** {@code why}: a code, or "HTTP 404"; nothing of the receiver's own words. */
    record Missing(String why) implements Answer {}
  }

  Answer ask(String url, String secret) {
    Exchange handshake =
        transport
            .exchange(
                url,
                HttpMethod.OPTIONS,
                Map.of("webhook-request-origin", origin),
                Buffer.buffer(),
                DEADLINE)
            .await();
    return switch (handshake) {
      case Exchange.Answered answered when allows(answered) ->
          new Answer.Given(ConsentKind.HANDSHAKE, allowedRate(answered));
      case Exchange.Answered _ -> challenge(url, secret);
      case Exchange.Unanswered _ -> challenge(url, secret);
      case Exchange.NotSent(String code, String _) -> new Answer.Missing(code);
      case Exchange.Forbidden _ -> new Answer.Missing("forbidden_address");
    };
  }

  private boolean allows(Exchange.Answered answered) {
    return answered.success()
        && answered.headers().getAll("webhook-allowed-origin").stream()
            .flatMap(value -> Arrays.stream(value.split(",")))
            .map(String::strip)
            .anyMatch(allowed -> allowed.equals("*") || allowed.equalsIgnoreCase(origin));
  }

  /** Per minute; {@code *} and what cannot be read mean no limit. */
  private static Optional<Integer> allowedRate(Exchange.Answered answered) {
    return Optional.ofNullable(answered.headers().get("webhook-allowed-rate"))
        .map(String::strip)
        .filter(rate -> rate.matches("[1-9][0-9]{0,8}"))
        .map(Integer::valueOf);
  }

  private Answer challenge(String url, String secret) {
    String challenge = Base32.encode(Secrets.randomBytes(25));
    String id = "msg_" + Base32.encode(Secrets.randomBytes(15));
    String body =
        EventBody.of(EventType.TEST, clock.instant(), new JsonObject().put("challenge", challenge));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    long timestamp = clock.instant().getEpochSecond();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json");
    headers.put(WebhookSignature.ID_HEADER, id);
    headers.put(WebhookSignature.TIMESTAMP_HEADER, Long.toString(timestamp));
    headers.put(
        WebhookSignature.SIGNATURE_HEADER,
        WebhookSignature.sign(List.of(secret), id, timestamp, bytes));
    Exchange answer =
        transport.exchange(url, HttpMethod.POST, headers, Buffer.buffer(bytes), DEADLINE).await();
    return switch (answer) {
      case Exchange.Answered answered -> judge(answered, challenge);
      case Exchange.NotSent(String code, String _) -> new Answer.Missing(code);
      case Exchange.Unanswered(String code, String _) -> new Answer.Missing(code);
      case Exchange.Forbidden _ -> new Answer.Missing("forbidden_address");
    };
  }

  static Answer judge(Exchange.Answered answered, String challenge) {
    if (!answered.success()) {
      return new Answer.Missing("HTTP " + answered.status());
    }
    if (gaveBack(answered.body().strip(), challenge)) {
      return new Answer.Given(ConsentKind.CHALLENGE, Optional.empty());
    }
    return answered.demonstration()
        ? new Answer.Given(ConsentKind.DEMONSTRATION, Optional.empty())
        : new Answer.Missing("no_challenge");
  }

  /** A page that shows whatever was posted to it holds the challenge too, but not like this. */
  private static boolean gaveBack(String body, String challenge) {
    if (body.equals(challenge)) {
      return true;
    }
    try {
      return body.startsWith("{") && challenge.equals(new JsonObject(body).getValue("challenge"));
    } catch (DecodeException notJson) {
      return false;
    }
  }
}
