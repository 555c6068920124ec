package org.tocsin.network;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The payload after Standard Webhooks, in the bytes that are signed. */
final class EventBody {
  /** Some receivers take no more (Standard Webhooks, "payload size"). */
  private static final int MOST_BYTES = 20_000;

  private EventBody() {}

  static String of(String type, Instant at, JsonObject data) {
    String body =
        new JsonObject()
            .put("type", type)
            .put("timestamp", at.truncatedTo(ChronoUnit.MILLIS).toString())
            .put("data", data)
            .encode();
    if (body.getBytes(StandardCharsets.UTF_8).length >= MOST_BYTES) {
      throw new IllegalArgumentException("an event of type " + type + " is 20 kB or more");
    }
    return body;
  }
}
