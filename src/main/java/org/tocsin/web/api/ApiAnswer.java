package org.tocsin.web.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What an operation answers when all went well; failures are exceptions. */
public record ApiAnswer(int status, JsonObject body) {
  public static ApiAnswer ok(JsonObject body) {
    return new ApiAnswer(200, body);
  }

  public static ApiAnswer created(JsonObject body) {
    return new ApiAnswer(201, body);
  }

  public static ApiAnswer accepted(JsonObject body) {
    return new ApiAnswer(202, body);
  }

  public static ApiAnswer page(List<JsonObject> items, Optional<String> next) {
    return ok(
        new JsonObject()
            .put("items", new JsonArray(List.copyOf(items)))
            .put("next", next.orElse(null)));
  }
}
