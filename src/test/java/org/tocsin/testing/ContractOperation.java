package org.tocsin.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An operation as openapi.yaml has it. */
public record ContractOperation(String id, String method, String path, JsonObject written) {
  static List<ContractOperation> all(JsonObject contract) {
    List<ContractOperation> all = new ArrayList<>();
    for (Map.Entry<String, Object> path : contract.getJsonObject("paths")) {
      for (Map.Entry<String, Object> method : (JsonObject) path.getValue()) {
        if (method.getValue() instanceof JsonObject written) {
          all.add(
              new ContractOperation(
                  written.getString("operationId"),
                  method.getKey().toUpperCase(Locale.ROOT),
                  path.getKey(),
                  written));
        }
      }
    }
    return all;
  }

  public String pathOf(String id) {
    return path.replace("{id}", id);
  }

  public boolean ofOneThing() {
    return path.contains("{id}");
  }

  /** Nobody need say who they are. */
  public boolean forAnybody() {
    return written.getJsonArray("security", new JsonArray().add("token")).isEmpty();
  }

  public boolean creates() {
    JsonObject answers = written.getJsonObject("responses");
    return method.equals("POST") && (answers.containsKey("201") || answers.containsKey("202"));
  }
}
