package org.tocsin.testing;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.tocsin.hub.Hub;
import org.tocsin.platform.config.SettingsLoader;
import org.tocsin.platform.database.ServerAddress;

/**
 * A whole demonstration hub in this process, over a copy of the filled database and with a captured
 * mailbox, spoken to through its front door.
 */
public final class RunningHub implements AutoCloseable {
  public final ServerAddress database;
  private final Path folder;
  private final int port = HubEnvironment.freePort();
  public final FrontDoor door = new FrontDoor("http://localhost:" + port);
  private final Hub hub;
  private final JsonObject access;

  private RunningHub(Path folder, Map<String, String> more) {
    this.folder = folder;
    this.database = TestDemonstration.into(folder);
    Map<String, String> environment =
        HubEnvironment.of(database, folder, port, HubEnvironment.freePort());
    environment.put("TOCSIN_DEMO", "true");
    environment.put("TOCSIN_WEBHOOKS_ALLOW_PRIVATE", "true");
    environment.put("TOCSIN_HTTP_HOST", "127.0.0.1");
    environment.put("TOCSIN_HTTP_INSTANCES", "1");
    environment.putAll(more);
    this.hub = Hub.start(SettingsLoader.defaults(environment));
    this.access = read();
  }

  public static RunningHub start() {
    return start(Map.of());
  }

  public static RunningHub start(Map<String, String> more) {
    try {
      Path target = Files.createDirectories(Path.of("target"));
      return new RunningHub(Files.createTempDirectory(target, "hub-").toAbsolutePath(), more);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private JsonObject read() {
    try {
      return new JsonObject(Files.readString(folder.resolve("demo-access.json")));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public String token(String role) {
    return access.getJsonObject(role).getString("token");
  }

  @Override
  public void close() {
    hub.close();
  }
}
