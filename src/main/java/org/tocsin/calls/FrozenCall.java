package org.tocsin.calls;

import io.vertx.core.json.JsonObject;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tocsin.channels.email.MailContent;
import org.tocsin.release.ContentHash;

/**
 * A call as it was submitted, which is as it is approved, shown and sent.
 *
 * @param letters thin, by language
 */
public record FrozenCall(
    String reference, CallDraft draft, SortedMap<String, MailContent> letters) {

  JsonObject toJson() {
    JsonObject pressed = new JsonObject();
    letters.forEach((tag, letter) -> pressed.put(tag, letter.toJson()));
    return new JsonObject()
        .put("reference", reference)
        .put("call", draft.toJson())
        .put("mail", pressed);
  }

  static FrozenCall fromJson(JsonObject json) {
    SortedMap<String, MailContent> letters = new TreeMap<>();
    JsonObject pressed = json.getJsonObject("mail");
    pressed
        .fieldNames()
        .forEach(tag -> letters.put(tag, MailContent.fromJson(pressed.getJsonObject(tag))));
    return new FrozenCall(
        json.getString("reference"), CallDraft.fromJson(json.getJsonObject("call")), letters);
  }

  /** Over everything that is shown and sent; the JSON's order is the order of writing. */
  ContentHash hash() {
    return new ContentHash.Canon("call").field("frozen", toJson().encode()).hash();
  }

  @Override
  public String toString() {
    return reference;
  }
}
