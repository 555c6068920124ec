package org.tocsin.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a validator lets pass: fields that a schema does not name, fields that it names and nobody
 * must give, names and times in another form than the contract's.
 */
final class DocumentedFields {
  private static final String REFERENCE = "#/components/";

  /** Given only where it says more; every other field of an answer is always there. */
  private static final Set<String> OPTIONAL = Set.of("errors", "english_salutation");

  private final JsonObject components;

  DocumentedFields(JsonObject contract) {
    this.components = contract.getJsonObject("components");
  }

  JsonObject component(String kind, String name) {
    return components.getJsonObject(kind).getJsonObject(name);
  }

  JsonObject resolve(JsonObject given) {
    String reference = given.getString("$ref");
    if (reference == null) {
      return given;
    }
    String[] place = reference.substring(REFERENCE.length()).split("/");
    return resolve(component(place[0], place[1]));
  }

  void check(String at, JsonObject given, Object value) {
    JsonObject schema = resolve(given);
    switch (value) {
      case JsonObject fields -> checkFields(at, schema, fields);
      case JsonArray items -> {
        for (int i = 0; i < items.size(); i++) {
          if (items.getValue(i) != null) {
            check(at + "[" + i + "]", schema.getJsonObject("items"), items.getValue(i));
          }
        }
      }
      case String text when "date-time".equals(schema.getString("format")) -> {
        assertThat(text).as(at).endsWith("Z");
        assertThat(Instant.parse(text)).as(at).isNotNull();
      }
      default -> {}
    }
  }

  private void checkFields(String at, JsonObject schema, JsonObject fields) {
    Map<String, JsonObject> known = new HashMap<>();
    collect(at, schema, known);
    boolean open = schema.getBoolean("additionalProperties", false);
    for (String name : fields.fieldNames()) {
      assertThat(name).as(at).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*");
      JsonObject field = known.get(name);
      assertThat(field != null || open).as(at + "." + name + " is documented").isTrue();
      if (field != null && fields.getValue(name) != null) {
        check(at + "." + name, field, fields.getValue(name));
      }
    }
    for (String name : known.keySet()) {
      assertThat(fields.containsKey(name) || OPTIONAL.contains(name))
          .as(at + "." + name + " is given")
          .isTrue();
    }
  }

  private void collect(String at, JsonObject schema, Map<String, JsonObject> known) {
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    JsonArray required = schema.getJsonArray("required", new JsonArray());
    for (String name : properties.fieldNames()) {
      assertThat(required.contains(name) || OPTIONAL.contains(name))
          .as(at + "." + name + " is required")
          .isTrue();
      known.put(name, properties.getJsonObject(name));
    }
    for (Object part : schema.getJsonArray("allOf", new JsonArray())) {
      collect(at, resolve((JsonObject) part), known);
    }
  }
}
