package org.tocsin.web.api;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** openapi.yaml: as it is served, and as requests are checked against it. */
public record Contract(String text, OpenAPIContract parsed) {
  private static final String RESOURCE = "/openapi.yaml";
  private static final String EXAMPLE_SERVER = "http://localhost:8080/api/v1";

  /** Reads the contract for a hub at this address. Waits; not for an event loop. */
  public static Contract load(Vertx vertx, String server) {
    String text = read();
    // The library knows no problem+json among the media types of an answer; what is served keeps
    // it.
    String known = text.replace("application/problem+json", "application/json");
    Map<String, Object> tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(known);
    return new Contract(
        text.replace(EXAMPLE_SERVER, server),
        OpenAPIContract.from(vertx, new JsonObject(tree)).await());
  }

  public static String read() {
    try (InputStream in = Contract.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
