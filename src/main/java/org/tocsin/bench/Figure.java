package org.tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * What a bench found, as its last line says it. Machines differ and are noisy, so a figure stands
 * beside the limit that was measured in the same run.
 */
public record Figure(
    String bench,
    String unit,
    double figure,
    double rawLimit,
    boolean verified,
    JsonObject details,
    Map<String, String> settings) {

  /** One JSON object. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("bench", bench)
        .put("figure", rounded(figure))
        .put("unit", unit)
        .put("raw_limit", rounded(rawLimit))
        .put("ratio", rawLimit == 0 ? null : Math.round(1000 * figure / rawLimit) / 1000.0)
        .put("verified", verified)
        .put("details", details)
        .put("machine", machine())
        .put(
            "versions",
            new JsonObject()
                .put("java", Runtime.version().toString())
                .put("postgresql", settings.getOrDefault("server_version", "")))
        .put("settings", new JsonObject(Map.copyOf(settings)));
  }

  private static JsonObject machine() {
    return new JsonObject()
        .put("cores", Runtime.getRuntime().availableProcessors())
        .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
