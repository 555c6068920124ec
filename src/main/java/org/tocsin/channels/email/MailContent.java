package org.tocsin.channels.email;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A pressed letter, frozen: what all recipients of one language get, with its holes open. */
public record MailContent(
    Template subject, Template text, Template html, Map<String, Template> headers) {
  /** Every hole that is to be filled. */
  Set<String> holes() {
    Set<String> holes = new LinkedHashSet<>(subject.openings());
    holes.addAll(text.openings());
    holes.addAll(html.openings());
    headers.values().forEach(value -> holes.addAll(value.openings()));
    return holes;
  }

  public JsonObject toJson() {
    JsonObject fields = new JsonObject();
    headers.forEach((name, value) -> fields.put(name, value.spelled()));
    return new JsonObject()
        .put("subject", subject.spelled())
        .put("text", text.spelled())
        .put("html", html.spelled())
        .put("headers", fields);
  }

  public static MailContent fromJson(JsonObject json) {
    Map<String, Template> headers = new LinkedHashMap<>();
    json.getJsonObject("headers")
        .forEach(
            header ->
                headers.put(header.getKey(), Template.read(String.valueOf(header.getValue()))));
    return new MailContent(
        Template.read(json.getString("subject")),
        Template.read(json.getString("text")),
        Template.read(json.getString("html")),
        headers);
  }
}
