package org.tocsin.broadcasts;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;

/** What a dispatcher needs to know of a broadcast to send some of it. */
record Work(
    BroadcastId id,
    String channel,
    Lane lane,
    String audience,
    JsonObject selection,
    boolean resendsInDoubt,
    boolean running,
    Instant expiresAt,
    Map<String, JsonObject> content) {}
