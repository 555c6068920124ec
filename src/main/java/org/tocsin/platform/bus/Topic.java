package org.tocsin.platform.bus;

import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/**
 * Where one kind of news is heard. JSON on the wire, so that local and clustered delivery are the
 * same path.
 */
public record Topic<T>(
    String address, Function<T, JsonObject> toJson, Function<JsonObject, T> fromJson) {}
