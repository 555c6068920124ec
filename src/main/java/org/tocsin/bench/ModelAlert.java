package org.tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** The demonstration's approved alert, as the API tells it, to write others like it. */
public record ModelAlert(JsonObject told) {
  /** What of an alert its writers choose. */
  private static final List<String> DRAFTED =
      List.of(
          "kind",
          "urgency",
          "severity",
          "certainty",
          "circles",
          "webhook",
          "act_by",
          "ask",
          "happened",
          "actions",
          "targets",
          "letters");

  /**
   * @param alerts a page of {@code GET /api/v1/alerts}
   */
  public static ModelAlert in(JsonObject alerts) {
    return alerts.getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .filter(alert -> alert.getString("mode").equals("actual"))
        .filter(alert -> alert.getString("state").equals("approved"))
        .findFirst()
        .map(ModelAlert::new)
        .orElseThrow();
  }

  public String caseId() {
    return told.getString("case");
  }

  public JsonObject draft() {
    JsonObject draft = new JsonObject();
    DRAFTED.forEach(field -> draft.put(field, told.getValue(field)));
    return draft;
  }
}
