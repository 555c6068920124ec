package org.tocsin.access;

import io.vertx.core.json.JsonObject;
import org.tocsin.platform.bus.Topic;

/** Doorbell: somebody asked for a sign-in link. */
public record LinkRequested() {
  public static final Topic<LinkRequested> TOPIC =
      new Topic<>("access.link_requested", news -> new JsonObject(), json -> new LinkRequested());
}
