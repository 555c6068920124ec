package org.tocsin.hub;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.broadcasts.DispatchVerticle;
import org.tocsin.platform.config.SettingsLoader;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.testing.FrontDoor;
import org.tocsin.testing.TestHub;

/** A hub in this process over a clock that stands, with webhooks that are really sent. */
final class PublicLife implements AutoCloseable {
  final Features features;
  private final TestHub hub = new TestHub();
  private final HttpServer server;
  private final Map<String, String> tokens = new HashMap<>();

  PublicLife(Keyring keyring, Instant now) {
    hub.clock.set(now);
    this.features =
        new Features(
            SettingsLoader.defaults(
                Map.of("TOCSIN_DEMO", "true", "TOCSIN_WEBHOOKS_ALLOW_PRIVATE", "true")),
            hub.vertx,
            keyring,
            hub.hub,
            hub.site,
            hub.clock);
    this.server =
        hub.vertx
            .createHttpServer()
            .requestHandler(new WebWiring(features, hub.vertx, Optional.empty()).router(hub.vertx));
    deploy(
        new VerticleBase() {
          @Override
          public Future<?> start() {
            return server.listen(0, "127.0.0.1");
          }
        });
    deploy(
        new DispatchVerticle(
            hub.hub,
            hub.courier,
            keyring,
            features.bus,
            hub.clock,
            features.audiences(),
            Map.of(features.webhookChannel, 64),
            Map.of(),
            Map.of(),
            new SimpleMeterRegistry()));
    for (Role role : Role.values()) {
      StaffMember member =
          features.staff.add("system", role.word() + "@staff.example", "Somebody", Set.of(role));
      tokens.put(
          role.word(), features.apiTokens.create("system", member, "public life", Set.of(role)));
    }
  }

  private void deploy(VerticleBase verticle) {
    hub.vertx
        .deployVerticle(
            verticle, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .await();
  }

  Path folder() {
    return hub.folder;
  }

  FrontDoor door() {
    return new FrontDoor("http://localhost:" + server.actualPort());
  }

  String token(String role) {
    return tokens.getOrDefault(role, "");
  }

  /** So that what became visible is listed. */
  void later() {
    hub.clock.advance(Duration.ofMinutes(1));
  }

  JsonObject post(String role, String path, JsonObject body) {
    FrontDoor door = door();
    HttpResponse<String> answer =
        door.send(
            door.request("/api/v1" + path)
                .header("Authorization", "Bearer " + token(role))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.encode())));
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return new JsonObject(answer.body());
  }

  @Override
  public void close() {
    hub.close();
  }
}
