package org.tocsin.hub;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** The links in the letters that wait in a test's engine. */
final class Letters {
  private final TestDesk desk;

  Letters(TestDesk desk) {
    this.desk = desk;
  }

  /** The path of the newest letter's link, of this kind. */
  String link(String kind) {
    String url = holes(kind).getLast().getString("url");
    return url.substring(desk.settings.http().publicUrl().toString().length());
  }

  /** The code in the newest letter of this kind. */
  String code(String kind) {
    return holes(kind).getLast().getString("code");
  }

  int count(String kind) {
    return holes(kind).size();
  }

  int count() {
    return holes("").size();
  }

  private List<JsonObject> holes(String kind) {
    return desk.hub.hub.list(
        """
        SELECT r.holes FROM engine.broadcast b JOIN engine.recipient r ON r.broadcast = b.id
        WHERE $1 = '' OR b.kind = $1 ORDER BY b.id
        """,
        row ->
            new JsonObject(
                desk.hub
                    .keyring
                    .sealer()
                    .open("recipient.holes", row.getBuffer("holes").getBytes())),
        kind);
  }
}
