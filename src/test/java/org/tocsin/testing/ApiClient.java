package org.tocsin.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** A script that speaks to a hub's API and trusts no answer that the contract does not promise. */
public final class ApiClient {
  public static final String NOBODY = "";

  private final RunningHub hub;
  private final ContractCheck contract;

  public ApiClient(RunningHub hub, ContractCheck contract) {
    this.hub = hub;
    this.contract = contract;
  }

  /** A status and the body that came with it. */
  public record Told(int status, JsonObject body) {
    /** The body, where this is what was expected. */
    public JsonObject as(int expected) {
      assertThat(status).as(body.encode()).isEqualTo(expected);
      return body;
    }

    /** The stable code of a refusal with this status. */
    public String refused(int expected) {
      return as(expected).getString("code");
    }
  }

  public Told get(String role, String path) {
    return send(request(role, path).GET());
  }

  /** Without a body. */
  public Told post(String role, String path) {
    return send(request(role, path).POST(BodyPublishers.noBody()));
  }

  public Told post(String role, String path, JsonObject body) {
    return send(json(role, path).POST(BodyPublishers.ofString(body.encode())));
  }

  public Told put(String role, String path, JsonObject body) {
    return send(json(role, path).PUT(BodyPublishers.ofString(body.encode())));
  }

  public HttpRequest.Builder json(String role, String path) {
    return request(role, path).header("Content-Type", "application/json");
  }

  public HttpRequest.Builder request(String role, String path) {
    HttpRequest.Builder request = hub.door.request("/api/v1" + path);
    return role.equals(NOBODY)
        ? request
        : request.header("Authorization", "Bearer " + hub.token(role));
  }

  public Told send(HttpRequest.Builder request) {
    HttpResponse<String> answer = hub.door.send(request);
    return new Told(answer.statusCode(), contract.check(answer));
  }
}
