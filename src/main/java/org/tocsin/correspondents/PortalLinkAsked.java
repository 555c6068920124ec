package org.tocsin.correspondents;

import io.vertx.core.json.JsonObject;
import org.tocsin.platform.bus.Topic;

/** Doorbell: somebody asked for a link into the portal. */
public record PortalLinkAsked() {
  public static final Topic<PortalLinkAsked> TOPIC =
      new Topic<>(
          "correspondents.link_asked", news -> new JsonObject(), json -> new PortalLinkAsked());
}
