package org.tocsin.hub;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.tocsin.testing.ApiClient;

/** An alert's way through the API, by the demonstration's staff. */
record AlertCalls(ApiClient api) {
  static final String WRITER = "case_officer";
  static final String APPROVER = "approver";
  static final String RELEASER = "release_officer";

  static JsonObject draft() {
    return new JsonObject()
        .put("ask", "Ask for a fair trial")
        .put("happened", "Arrested at the hospital.")
        .put("actions", "Write to the minister.")
        .put("circles", new JsonArray().add("correspondent").add("network"))
        .put("webhook", true)
        .put(
            "targets",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("office", "Minister of Justice")
                        .put("salutation", "Your Excellency")
                        .put("language", "en")
                        .put("english_salutation", "Your Excellency")))
        .put(
            "letters",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("language", "en")
                        .put("body", "{{salutation}}\n\nI write to you.\n\n{{name}}")));
  }

  /** One whose family lets everybody be told who is behind the door. */
  String caseToTellOf() {
    return api.get(WRITER, "/cases?limit=100").as(200).getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("state").equals("active"))
        .map(one -> one.getString("id"))
        .filter(id -> networkMayBeTold(id))
        .findFirst()
        .orElseThrow();
  }

  /** The gate itself tells. */
  private boolean networkMayBeTold(String id) {
    String alert = api.post(WRITER, "/cases/" + id + "/alerts", draft()).as(201).getString("id");
    api.post(WRITER, "/alerts/" + alert + "/submit").as(200);
    boolean told = api.post(APPROVER, "/alerts/" + alert + "/approve").status() == 200;
    stop(alert);
    return told;
  }

  String created() {
    String path = "/cases/" + caseToTellOf() + "/alerts";
    return "/alerts/" + api.post(WRITER, path, draft()).as(201).getString("id");
  }

  String approved() {
    String alert = created();
    api.post(WRITER, alert + "/submit").as(200);
    api.post(APPROVER, alert + "/approve").as(200);
    return alert;
  }

  /** Let go at once. */
  String released() {
    String alert = approved();
    release(alert, 0);
    return alert;
  }

  JsonObject release(String alert, int lastLook) {
    return api.post(
            RELEASER, alert + "/release", new JsonObject().put("last_look_minutes", lastLook))
        .as(200);
  }

  private void stop(String id) {
    api.post(WRITER, "/alerts/" + id + "/stop", new JsonObject().put("reason", "superseded"))
        .as(200);
  }
}
