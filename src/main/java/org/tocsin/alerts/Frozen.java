package org.tocsin.alerts;

import io.vertx.core.json.JsonObject;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tocsin.channels.email.MailContent;
import org.tocsin.release.ContentHash;
import org.tocsin.release.ReleaseOrder.Mode;

/**
 * A message as it was submitted, which is as it is approved, shown and sent: its words, whom they
 * go to, about which country (members may have refused it), and the thin letters.
 *
 * @param country ISO 3166-1 alpha-2; empty for practice
 * @param letters by language
 */
public record Frozen(
    String reference,
    AlertType type,
    int no,
    Mode mode,
    String country,
    AlertDraft draft,
    SortedMap<String, MailContent> letters) {

  JsonObject toJson() {
    JsonObject pressed = new JsonObject();
    letters.forEach((tag, letter) -> pressed.put(tag, letter.toJson()));
    return new JsonObject()
        .put("reference", reference)
        .put("type", type.name())
        .put("no", no)
        .put("mode", mode.name())
        .put("country", country)
        .put("message", AlertJson.of(draft))
        .put("mail", pressed);
  }

  static Frozen fromJson(JsonObject json) {
    SortedMap<String, MailContent> letters = new TreeMap<>();
    JsonObject pressed = json.getJsonObject("mail");
    pressed
        .fieldNames()
        .forEach(tag -> letters.put(tag, MailContent.fromJson(pressed.getJsonObject(tag))));
    return new Frozen(
        json.getString("reference"),
        AlertType.valueOf(json.getString("type")),
        json.getInteger("no"),
        Mode.valueOf(json.getString("mode")),
        json.getString("country"),
        AlertJson.draft(json.getJsonObject("message")),
        letters);
  }

  /** Over everything that is shown and sent; the JSON's order is the order of writing. */
  ContentHash hash() {
    return new ContentHash.Canon("alert").field("frozen", toJson().encode()).hash();
  }

  @Override
  public String toString() {
    return reference + "-" + no;
  }
}
