package org.tocsin.channels.webhook;

import io.vertx.core.json.JsonObject;

/** One event, frozen: exactly the bytes that are signed and sent. */
public record EventContent(String type, String body) {
  public JsonObject toJson() {
    return new JsonObject().put("type", type).put("body", body);
  }

  public static EventContent fromJson(JsonObject json) {
    return new EventContent(json.getString("type"), json.getString("body"));
  }
}
