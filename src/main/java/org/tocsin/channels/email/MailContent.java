package org.tocsin.channels.email;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** A pressed letter, frozen: what all recipients of one language get, with its holes open. */
public record MailContent(String subject, String text, String html, Map<String, String> headers) {
  public JsonObject toJson() {
    return new JsonObject()
        .put("subject", subject)
        .put("text", text)
        .put("html", html)
        .put("headers", new JsonObject(new LinkedHashMap<>(headers)));
  }

  public static MailContent fromJson(JsonObject json) {
    Map<String, String> headers = new LinkedHashMap<>();
    json.getJsonObject("headers")
        .forEach(header -> headers.put(header.getKey(), String.valueOf(header.getValue())));
    return new MailContent(
        json.getString("subject"), json.getString("text"), json.getString("html"), headers);
  }
}
