package org.tocsin.commands;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.tocsin.channels.webhook.WebhookSignature;

/**
 * A partner's receiver in small: answers the handshake, gives a challenge back, verifies every
 * webhook and prints it with its verdict. What it prints came over the network, so nothing in it
 * reaches the terminal as a control character.
 */
final class WebhookListener {
  private static final int MOST_BYTES = 64 * 1024;

  private final List<String> secrets;
  private final int answer;
  private final InstantSource clock;
  private final PrintWriter out;

  WebhookListener(List<String> secrets, int answer, InstantSource clock, PrintWriter out) {
    this.secrets = List.copyOf(secrets);
    this.answer = answer;
    this.clock = clock;
    this.out = out;
  }

  /** Answers with the port it listens on; 0 takes a free one. */
  int listen(Vertx vertx, String host, int port) {
    return vertx
        .createHttpServer()
        .requestHandler(this::receive)
        .listen(port, host)
        .await()
        .actualPort();
  }

  private void receive(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.OPTIONS)) {
      handshake(request);
      return;
    }
    Buffer body = Buffer.buffer();
    request.handler(
        bytes -> {
          if (body.length() + bytes.length() > MOST_BYTES) {
            request.handler(_ -> {});
            request.endHandler(_ -> {});
            request
                .response()
                .setStatusCode(413)
                .end()
                .onComplete(_ -> request.connection().close());
          } else {
            body.appendBuffer(bytes);
          }
        });
    request.endHandler(_ -> webhook(request, body));
  }

  /** CloudEvents' HTTP webhooks 1.0, section 4. */
  private void handshake(HttpServerRequest request) {
    String origin = header(request, "webhook-request-origin");
    print("handshake", "from " + (origin.isEmpty() ? "nobody" : origin), "allowed");
    if (!origin.isEmpty()) {
      request.response().putHeader("webhook-allowed-origin", origin.replaceAll("[^!-~]", ""));
    }
    request.response().end();
  }

  private void webhook(HttpServerRequest request, Buffer body) {
    Optional<WebhookSignature.Verdict> verdict = verdict(request, body.getBytes());
    Optional<JsonObject> event = json(body);
    print(
        words(verdict),
        event.map(json -> String.valueOf(json.getValue("type"))).orElse("not JSON"),
        header(request, WebhookSignature.ID_HEADER),
        body.length() + " bytes");
    out.println(clean(event.map(JsonObject::encodePrettily).orElse(body.toString())));
    out.flush();
    boolean welcome = verdict.map(WebhookSignature.Verdict.GENUINE::equals).orElse(true);
    request
        .response()
        .setStatusCode(welcome ? answer : 400)
        .putHeader("content-type", "application/json")
        .end(event.flatMap(WebhookListener::challenge).orElse(new JsonObject()).encode());
  }

  private Optional<WebhookSignature.Verdict> verdict(HttpServerRequest request, byte[] body) {
    return secrets.isEmpty()
        ? Optional.empty()
        : Optional.of(
            WebhookSignature.verify(
                secrets,
                header(request, WebhookSignature.ID_HEADER),
                header(request, WebhookSignature.TIMESTAMP_HEADER),
                header(request, WebhookSignature.SIGNATURE_HEADER),
                body,
                clock.instant()));
  }

  private static String words(Optional<WebhookSignature.Verdict> verdict) {
    return verdict
        .map(
            found ->
                switch (found) {
                  case GENUINE -> "genuine";
                  case FORGED -> "FORGED (no signature fits the secret)";
                  case OUT_OF_TIME -> "OUT OF TIME (signed more than 5 minutes from now)";
                  case MALFORMED -> "MALFORMED (a webhook header is missing or unreadable)";
                })
        .orElse("not verified (no --secret)");
  }

  private static Optional<JsonObject> json(Buffer body) {
    try {
      return Optional.of(new JsonObject(body.toString(StandardCharsets.UTF_8)));
    } catch (DecodeException | ClassCastException notAnObject) {
      return Optional.empty();
    }
  }

  /** What proves that the URL is ours. */
  private static Optional<JsonObject> challenge(JsonObject event) {
    return event.getValue("data") instanceof JsonObject data
            && data.getValue("challenge") instanceof String challenge
        ? Optional.of(new JsonObject().put("challenge", challenge))
        : Optional.empty();
  }

  private static String header(HttpServerRequest request, String name) {
    String value = request.getHeader(name);
    return value == null ? "" : value;
  }

  private void print(String... parts) {
    out.println(
        clock.instant().truncatedTo(ChronoUnit.SECONDS) + "  " + clean(String.join("  ", parts)));
    out.flush();
  }

  private static String clean(String text) {
    return text.replaceAll("[\\p{Cc}&&[^\n]]", "?");
  }
}
