package org.tocsin.channels.webhook;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.tocsin.channels.Channel;
import org.tocsin.channels.Destination;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Parcel;
import org.tocsin.channels.Plate;
import org.tocsin.channels.webhook.WebhookTransport.Line;

/** Posts one event to one endpoint, signed for this very try. */
public final class WebhookChannel implements Channel {
  public static final String NAME = "webhook";

  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final int GONE = 410;

  private final WebhookTransport transport;
  private final InstantSource clock;
  private final Duration deadline;

  public WebhookChannel(WebhookTransport transport, InstantSource clock) {
    this(transport, clock, DEADLINE);
  }

  WebhookChannel(WebhookTransport transport, InstantSource clock, Duration deadline) {
    this.transport = transport;
    this.clock = clock;
    this.deadline = deadline;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Plate plate(JsonObject content, Manner manner) {
    EventContent event = EventContent.fromJson(content);
    byte[] body = event.body().getBytes(StandardCharsets.UTF_8);
    Buffer sent = Buffer.buffer(body);
    return envelope ->
        switch (envelope.destination()) {
          case Destination.Endpoint endpoint -> print(event.id(), body, sent, endpoint, manner);
          case Destination.Mailbox _ -> Parcel.refused(unsendable("a mailbox takes no webhooks"));
        };
  }

  /** Signed here, where a processor is free for it: sending begins on an event loop. */
  private Parcel print(
      String eventId, byte[] body, Buffer sent, Destination.Endpoint endpoint, Manner manner) {
    long timestamp = clock.instant().getEpochSecond();
    String signature;
    try {
      signature = WebhookSignature.sign(endpoint.secrets(), eventId, timestamp, body);
    } catch (IllegalArgumentException unusable) {
      return Parcel.refused(unsendable(String.valueOf(unusable.getMessage())));
    }
    Map<String, String> headers =
        WebhookHeaders.of(eventId, timestamp, signature, endpoint.headers());
    Line line = manner == Manner.STOP ? Line.OF_STOPS : Line.SHARED;
    return () ->
        transport
            .exchange(line, endpoint.url().toString(), HttpMethod.POST, headers, sent, deadline)
            .map(this::outcome);
  }

  private Outcome outcome(Exchange exchange) {
    return switch (exchange) {
      case Exchange.Answered answered -> outcome(answered);
      case Exchange.NotSent(String code, String detail) ->
          new Outcome.Deferred(code, detail, Optional.empty());
      case Exchange.Unanswered(String code, String detail) -> new Outcome.InDoubt(code, detail);
      case Exchange.Forbidden(Refusal refusal, String detail) ->
          new Outcome.Refused(
              "forbidden address", refusal.text() + ": " + detail, Outcome.Reason.FORBIDDEN);
    };
  }

  /**
   * 2xx is success and all else failure; Retry-After is heard with every failure. Whoever answers,
   * whatever it says, may have read the event.
   */
  private Outcome outcome(Exchange.Answered answered) {
    String code = "HTTP " + answered.status();
    if (answered.success()) {
      return new Outcome.Accepted(code);
    }
    if (answered.status() == GONE) {
      return new Outcome.Refused(code, answered.body(), Outcome.Reason.GONE, true);
    }
    return new Outcome.Deferred(
        code,
        answered.body(),
        Optional.ofNullable(answered.headers().get("retry-after"))
            .flatMap(wish -> RetryAfter.read(wish, clock.instant())),
        true);
  }

  private static Outcome.Refused unsendable(String why) {
    return new Outcome.Refused("unsendable", why, Outcome.Reason.UNSENDABLE);
  }
}
