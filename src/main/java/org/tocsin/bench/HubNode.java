package org.tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A hub in a process of its own, spoken to as its staff do, over the API. */
final class HubNode implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long READY_SECONDS = 300;
  private static final List<String> JVM =
      List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path folder;
  private final int port;
  private final int managementPort;
  private final Process process;

  private HubNode(Path folder, int port, int managementPort, Process process) {
    this.folder = folder;
    this.port = port;
    this.managementPort = managementPort;
    this.process = process;
  }

  /**
   * Starts and waits until it is ready.
   *
   * @param jvm more options of the JVM, e.g. {@code -Xmx512m}
   */
  static HubNode start(Path folder, Map<String, String> environment, List<String> jvm) {
    int port = freePort();
    int managementPort = freePort();
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(JVM);
    line.addAll(jvm);
    line.addAll(
        List.of("-classpath", System.getProperty("java.class.path"), "org.tocsin.App", "demo"));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("hub.log").toFile());
    builder.environment().putAll(environment);
    builder
        .environment()
        .putAll(
            Map.of(
                "TOCSIN_DATA_DIR",
                folder.toString(),
                "TOCSIN_HTTP_PORT",
                "" + port,
                "TOCSIN_HTTP_PUBLIC_URL",
                "http://localhost:8080",
                "TOCSIN_MANAGEMENT_PORT",
                "" + managementPort));
    try {
      HubNode node = new HubNode(folder, port, managementPort, builder.start());
      node.awaitReady();
      return node;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void awaitReady() {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
    while (!ready()) {
      if (!process.isAlive() || System.nanoTime() > until) {
        process.destroyForcibly();
        throw new IllegalStateException("the hub is not ready; " + folder + "/hub.log says why");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }

  private boolean ready() {
    try {
      return management("/health/ready").statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** Writes and approves an issue, as two people do; its id. */
  String approveNewsletter(String month, String subject, String markdown) {
    JsonObject draft =
        post(
            "/newsletters",
            "newsletter_editor",
            new JsonObject()
                .put("month", month)
                .put("subject", subject)
                .put("body_markdown", markdown)
                .put("topics", List.of("newsletter")));
    String path = "/newsletters/" + draft.getString("id");
    post(path + "/submit", "newsletter_editor", new JsonObject());
    post(path + "/approve", "approver", new JsonObject());
    return draft.getString("id");
  }

  /** Its broadcasts by channel. */
  JsonObject releaseNewsletter(String id) {
    return post("/newsletters/" + id + "/release", "release_officer", new JsonObject())
        .getJsonObject("broadcasts");
  }

  /** An alert like the demonstration's approved one, approved too; its id. */
  String approveAlert() {
    ModelAlert model = ModelAlert.in(get("/alerts?limit=100", "case_officer"));
    String alerts = "/cases/" + model.caseId() + "/alerts";
    String path = "/alerts/" + post(alerts, "case_officer", model.draft()).getString("id");
    post(path + "/submit", "case_officer", new JsonObject());
    post(path + "/approve", "approver", new JsonObject());
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Without a last look; its broadcast by e-mail. */
  String releaseAlert(String id) {
    return post(
            "/alerts/" + id + "/release",
            "release_officer",
            new JsonObject().put("last_look_minutes", 0))
        .getString("broadcast");
  }

  JsonObject broadcast(String id) {
    return get("/broadcasts/" + id, "auditor");
  }

  void cancel(String broadcast) {
    post("/broadcasts/" + broadcast + "/cancel", "release_officer", new JsonObject());
  }

  private JsonObject get(String path, String role) {
    return send(request(path, role).GET());
  }

  private JsonObject post(String path, String role, JsonObject body) {
    return send(
        request(path, role)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
  }

  private HttpRequest.Builder request(String path, String role) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1" + path))
        .header("Authorization", "Bearer " + token(role));
  }

  private String token(String role) {
    try {
      return new JsonObject(Files.readString(folder.resolve("demo-access.json")))
          .getJsonObject(role)
          .getString("token");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private JsonObject send(HttpRequest.Builder request) {
    HttpResponse<String> response = exchange(request);
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(response.statusCode() + " " + response.body());
    }
    return new JsonObject(response.body());
  }

  /** What the management port answers. */
  HttpResponse<String> management(String path) {
    return exchange(
        HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + path)).GET());
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** SIGTERM, and waits for the drain. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
    http.close();
  }
}
