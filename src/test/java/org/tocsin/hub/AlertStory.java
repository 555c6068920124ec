package org.tocsin.hub;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.tocsin.testing.FrontDoor;
import org.tocsin.testing.HubProcess;

/** An alert's way through the API of a hub in a process of its own; every text holds a word. */
record AlertStory(HubProcess hub, FrontDoor door) {
  AlertStory(HubProcess hub) {
    this(hub, hub.door());
  }

  static JsonObject draft(Iterable<String> words) {
    var word = words.iterator();
    return new JsonObject()
        .put("ask", "Ask for " + word.next())
        .put("happened", "Taken from " + word.next() + " at night.")
        .put("actions", "Write about " + word.next() + ".")
        .put("dos", "Name " + word.next() + ".")
        .put("donts", "Do not name " + word.next() + ".")
        .put("copies", "The embassy in " + word.next())
        .put("background", "Teaches at " + word.next() + ".")
        .put("legal_basis", "The covenant of " + word.next())
        .put("report_back", "Tell us of " + word.next() + ".")
        .put("status", "Held in " + word.next())
        .put("circles", new JsonArray().add("correspondent").add("network"))
        .put("webhook", true)
        .put(
            "targets",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("office", "Warden of " + word.next())
                        .put("body", "Prison of " + word.next())
                        .put("address", "1 " + word.next() + " Square\nNorvania")
                        .put("salutation", "Your " + word.next())
                        .put("language", "en")))
        .put(
            "letters",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("language", "en")
                        .put("subject", "The matter of " + word.next())
                        .put(
                            "body",
                            "{{salutation}}\n\nI write of " + word.next() + ".\n\n{{name}}")));
  }

  /** Of a case whose family lets everybody be told, which the gate itself tells. */
  JsonObject approved(JsonObject draft) {
    for (Object one : hub.get("/api/v1/cases?limit=100", AlertCalls.WRITER).getJsonArray("items")) {
      JsonObject about = (JsonObject) one;
      if (about.getString("state").equals("active")) {
        String path = "/cases/" + about.getString("id") + "/alerts";
        JsonObject alert = post(AlertCalls.WRITER, path, draft);
        Optional<JsonObject> approved = tryToApprove(alert.getString("id"));
        if (approved.isPresent()) {
          return approved.get();
        }
        stop(alert.getString("id"));
      }
    }
    throw new AssertionError("there is no case to tell of");
  }

  /** A further message of the chain, let go at once. */
  void update(String id, JsonObject draft) {
    JsonObject update = post(AlertCalls.WRITER, "/alerts/" + id + "/updates", draft);
    if (tryToApprove(update.getString("id")).isEmpty()) {
      throw new AssertionError("the update is not approved");
    }
    release(update.getString("id"), 0);
  }

  private Optional<JsonObject> tryToApprove(String id) {
    post(AlertCalls.WRITER, "/alerts/" + id + "/submit");
    HttpResponse<String> answer =
        door.send(
            door.request("/api/v1/alerts/" + id + "/approve")
                .header("Authorization", "Bearer " + hub.token(AlertCalls.APPROVER))
                .POST(BodyPublishers.noBody()));
    return answer.statusCode() == 200
        ? Optional.of(hub.get("/api/v1/alerts/" + id, AlertCalls.APPROVER))
        : Optional.empty();
  }

  void release(String id, int lastLook) {
    post(
        AlertCalls.RELEASER,
        "/alerts/" + id + "/release",
        new JsonObject().put("last_look_minutes", lastLook));
  }

  /** Held by one, and let go on by two. */
  void holdAndResume(String id) {
    post("auditor", "/alerts/" + id + "/hold");
    post(AlertCalls.APPROVER, "/alerts/" + id + "/resume");
    post(AlertCalls.RELEASER, "/alerts/" + id + "/resume");
  }

  void stop(String id) {
    post("auditor", "/alerts/" + id + "/stop", new JsonObject().put("reason", "superseded"));
  }

  private JsonObject post(String role, String path, JsonObject body) {
    return hub.post("/api/v1" + path, role, body);
  }

  /** Without a body. */
  private JsonObject post(String role, String path) {
    HttpResponse<String> answer =
        door.send(
            door.request("/api/v1" + path)
                .header("Authorization", "Bearer " + hub.token(role))
                .POST(BodyPublishers.noBody()));
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return new JsonObject(answer.body());
  }
}
