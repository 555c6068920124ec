package org.tocsin.network;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** stub. */
public record EventDraft(String scope, String type, JsonObject data, Optional<String> references) {}
