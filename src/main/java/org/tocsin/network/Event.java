package org.tocsin.network;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * A published event.
 *
 * @param id made inside its scope; also the cursor behind it
 * @param payload {@code {"type", "timestamp", "data"}}
 */
public record Event(String id, Scope scope, Instant visibleAt, JsonObject payload) {}
