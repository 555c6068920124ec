package org.tocsin.calls;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.tocsin.release.ContentHash;

/**
 * A call as it is written.
 *
 * @param areas whose volunteers are asked: those of any of them
 * @param needed how many must say that they can
 * @param answerBy from then on nobody can answer
 * @param languages that would help, BCP 47; for the reader to judge, nobody is left out by them
 */
public record CallDraft(
    String title,
    String body,
    List<String> areas,
    int needed,
    Instant answerBy,
    List<String> languages) {
  public CallDraft {
    areas = List.copyOf(areas);
    languages = List.copyOf(languages);
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("title", title)
        .put("body", body)
        .put("areas", new JsonArray(areas))
        .put("needed", needed)
        .put("answer_by", answerBy.toString())
        .put("languages", new JsonArray(languages));
  }

  static CallDraft fromJson(JsonObject json) {
    return new CallDraft(
        json.getString("title"),
        json.getString("body"),
        words(json.getJsonArray("areas")),
        json.getInteger("needed"),
        Instant.parse(json.getString("answer_by")),
        words(json.getJsonArray("languages")));
  }

  private static List<String> words(JsonArray array) {
    return array.stream().map(String::valueOf).toList();
  }

  ContentHash hash() {
    return new ContentHash.Canon("call draft").field("draft", toJson().encode()).hash();
  }

  @Override
  public String toString() {
    return "call draft";
  }
}
