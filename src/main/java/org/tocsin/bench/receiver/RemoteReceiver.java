package org.tocsin.bench.receiver;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a receiver what it got, and tells it how to misbehave. */
public final class RemoteReceiver implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int controlPort;

  public RemoteReceiver(int controlPort) {
    this.controlPort = controlPort;
  }

  /** All counts since the last reset; {@code package-info} has the words. */
  public JsonObject state() {
    return new JsonObject(get("/state"));
  }

  /** How many messages came in each tenth of a second. */
  public JsonObject timeline() {
    return new JsonObject(get("/timeline"));
  }

  /**
   * A line a delivery, where the receiver remembers: recipient, id, times received, times
   * acknowledged, when first ({@link System#nanoTime} of this machine), with tabs between them.
   */
  public String received() {
    return get("/received");
  }

  /** The first good messages whole. */
  public String samples() {
    return get("/samples");
  }

  /** The first flawed messages whole, each after its flaws. */
  public String flawed() {
    return get("/flawed");
  }

  public void reset() {
    post("/reset", BodyPublishers.noBody());
  }

  /**
   * From now on.
   *
   * @param faults as {@link Faults} has it; an empty object ends all misbehaviour
   * @throws IllegalStateException with the receiver's words, where it does not know such a fault
   */
  public void faults(JsonObject faults) {
    post("/faults", BodyPublishers.ofString(faults.encode()));
  }

  private String get(String path) {
    return send(request(path).GET());
  }

  private void post(String path, BodyPublisher body) {
    send(request(path).POST(body));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + controlPort + path))
        .timeout(PATIENCE);
  }

  private String send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException("the receiver refuses: " + response.body().strip());
      }
      return response.body();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
