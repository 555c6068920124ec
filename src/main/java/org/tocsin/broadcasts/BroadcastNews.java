package org.tocsin.broadcasts;

import io.vertx.core.json.JsonObject;
import org.tocsin.platform.bus.Topic;

/** A broadcast began, moved or was paused: wake whoever sends or shows it. */
public record BroadcastNews(BroadcastId id) {
  public static final Topic<BroadcastNews> TOPIC =
      new Topic<>(
          "broadcasts.news",
          news -> new JsonObject().put("broadcast", news.id().value()),
          json -> new BroadcastNews(new BroadcastId(json.getLong("broadcast"))));
}
