package org.tocsin.testing;

import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tocsin.platform.database.ServerAddress;

/** A hub in a process of its own, so that it can be killed for real. */
public final class HubProcess implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(4);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final int port = HubEnvironment.freePort();
  private final int managementPort = HubEnvironment.freePort();
  private List<String> program = List.of("org.tocsin.App", "demo");
  private String classPath = HubJvm.CLASS_PATH;
  private List<String> jvm = HubJvm.options();
  private Process process;

  /** A demo hub over a database of the test's server. */
  public HubProcess(ServerAddress database, Path folder, Map<String, String> more) {
    this.folder = folder;
    environment.putAll(HubEnvironment.of(database, folder, port, managementPort));
    environment.putAll(more);
  }

  /** A demo hub that begins with the demonstration. */
  public static HubProcess demonstration(Path folder, Map<String, String> more) {
    return new HubProcess(TestDemonstration.into(folder), folder, more);
  }

  /** With what a deployment adds to the jar, e.g. the words of a further language. */
  public HubProcess with(Path classes) {
    classPath = classPath + File.pathSeparator + classes;
    return this;
  }

  /** As another program runs it. */
  public HubProcess by(Class<?> main) {
    program = List.of(main.getName());
    return this;
  }

  /**
   * A start and an end by which all hubs after it start faster; nothing where that was done for
   * these classes.
   */
  public HubProcess leaveArchive() {
    HubJvm.makeArchive(
        options -> {
          jvm = options;
          start().stop();
        });
    jvm = HubJvm.options();
    return this;
  }

  public Path folder() {
    return folder;
  }

  public static int freePort() {
    return HubEnvironment.freePort();
  }

  public FrontDoor door() {
    return new FrontDoor(url(""));
  }

  public HubProcess start() {
    process = spawn(folder.resolve("hub.log"), jvm, program);
    Eventually.eventually(
        "the hub is ready",
        READY,
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError(
                "the hub ended with " + process.exitValue() + ":\n" + output());
          }
          return ready();
        });
    return this;
  }

  /** Runs a command to its end; what it printed is the answer. */
  public String run(String... command) {
    Path out = folder.resolve("command.log");
    try {
      Files.deleteIfExists(out);
      Process run =
          spawn(
              out,
              HubJvm.options(),
              Stream.concat(Stream.of("org.tocsin.App"), Stream.of(command)).toList());
      if (!run.waitFor(READY.toSeconds(), TimeUnit.SECONDS)) {
        run.destroyForcibly();
        throw new AssertionError("no end of " + String.join(" ", command));
      }
      String printed = Files.readString(out);
      if (run.exitValue() != 0) {
        throw new AssertionError("exit " + run.exitValue() + ": " + printed);
      }
      return printed;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private Process spawn(Path output, List<String> jvm, List<String> command) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(jvm);
    line.addAll(List.of("-classpath", classPath));
    line.addAll(command);
    try {
      Files.createDirectories(folder);
      ProcessBuilder builder =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
      builder.environment().putAll(environment);
      return builder.start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** SIGKILL: no hook runs, nothing is said. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGTERM, and waits for the drain. */
  public void stop() {
    process.destroy();
    process.onExit().join();
  }

  /** SIGSTOP: it holds what it holds and knows nothing of the time that goes by. */
  public void freeze() {
    signal("-STOP");
  }

  public void thaw() {
    signal("-CONT");
  }

  private void signal(String name) {
    try {
      if (new ProcessBuilder("kill", name, "" + process.pid()).start().waitFor() != 0) {
        throw new AssertionError("nobody there for " + name);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  public String url(String path) {
    return "http://localhost:" + port + path;
  }

  public String token(String role) {
    return access(role).getString("token");
  }

  /** What opens the demonstration to that role: {@code token}, {@code sign_in_url}. */
  public JsonObject access(String role) {
    try {
      return new JsonObject(Files.readString(folder.resolve("demo-access.json")))
          .getJsonObject(role);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public JsonObject get(String path, String role) {
    return send(HttpRequest.newBuilder(URI.create(url(path))).GET(), role);
  }

  public JsonObject post(String path, String role, JsonObject body) {
    return send(
        HttpRequest.newBuilder(URI.create(url(path)))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode())),
        role);
  }

  private JsonObject send(HttpRequest.Builder request, String role) {
    try {
      HttpResponse<String> response =
          http.send(
              request.header("Authorization", "Bearer " + token(role)).timeout(ANSWER).build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new AssertionError(response.statusCode() + " " + response.body());
      }
      return new JsonObject(response.body());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** What the management port answers. */
  public HttpResponse<String> management(String path) {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + path))
              .timeout(ANSWER)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  public double metric(String name) {
    return management("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private boolean ready() {
    try {
      return management("/health/ready").statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  public String output() {
    try {
      return Files.readString(folder.resolve("hub.log"));
    } catch (IOException failure) {
      return "no output: " + failure;
    }
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      stop();
    }
  }
}
