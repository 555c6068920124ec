package org.tocsin.correspondents;

import io.vertx.core.json.JsonObject;
import org.tocsin.platform.bus.Topic;

/** Doorbell: there is work for the clerk of applications. Says nothing of who. */
public record ApplicationLeft() {
  public static final Topic<ApplicationLeft> TOPIC =
      new Topic<>(
          "correspondents.application_left",
          news -> new JsonObject(),
          json -> new ApplicationLeft());
}
