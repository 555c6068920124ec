package org.tocsin.alerts;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tocsin.channels.email.MailContent;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.release.ContentHash;
import org.tocsin.release.ReleaseOrder.Mode;

/**
 * A message as it was submitted, which is as it is approved, shown and sent: its words, whom they
 * go to, about which country (members may have refused it), and the thin letters.
 *
 * @param country ISO 3166-1 alpha-2; empty for practice
 * @param letters by language
 * @param confirmed the codes of each {@link Doubt} that whoever submitted it said is meant
 */
public record Frozen(
    String reference,
    AlertType type,
    int no,
    Mode mode,
    String country,
    AlertDraft draft,
    SortedMap<String, MailContent> letters,
    NavigableSet<String> confirmed) {

  /** What is doubtful of it, and confirmed or not. */
  public List<Doubt> doubts() {
    return Doubt.of(draft);
  }

  Frozen confirming(Collection<Doubt> doubts) {
    NavigableSet<String> codes = new TreeSet<>(doubts.stream().map(Doubt::code).toList());
    return new Frozen(reference, type, no, mode, country, draft, letters, codes);
  }

  /** Nothing doubtful is approved that nobody said is meant. */
  void requireConfirmed() {
    if (!doubts().stream().map(Doubt::code).allMatch(confirmed::contains)) {
      throw new Conflict(
          "confirmation_needed",
          "This message was submitted without a word on what is doubtful in it; send it back, and"
              + " its editor submits it again");
    }
  }

  JsonObject toJson() {
    JsonObject pressed = new JsonObject();
    letters.forEach((tag, letter) -> pressed.put(tag, letter.toJson()));
    JsonObject json =
        new JsonObject()
            .put("reference", reference)
            .put("type", type.name())
            .put("no", no)
            .put("mode", mode.name())
            .put("country", country)
            .put("message", AlertJson.of(draft))
            .put("mail", pressed);
    // Left out where there is none, so that what was frozen before keeps its hash.
    return confirmed.isEmpty()
        ? json
        : json.put("confirmed", new JsonArray(List.copyOf(confirmed)));
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
        letters,
        json.getJsonArray("confirmed", new JsonArray()).stream()
            .map(String::valueOf)
            .collect(Collectors.toCollection(TreeSet::new)));
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
