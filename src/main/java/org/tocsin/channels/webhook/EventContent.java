package org.tocsin.channels.webhook;

import io.vertx.core.json.JsonObject;

/**
 * One event, frozen: exactly the bytes that are signed and sent.
 *
 * @param id the webhook-id, the same for every endpoint, every try and every replay
 */
public record EventContent(String id, String type, String body) {
  public JsonObject toJson() {
    return new JsonObject().put("id", id).put("type", type).put("body", body);
  }

  public static EventContent fromJson(JsonObject json) {
    return new EventContent(json.getString("id"), json.getString("type"), json.getString("body"));
  }
}
