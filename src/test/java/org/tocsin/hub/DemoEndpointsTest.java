package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tocsin.testing.RunningHub;

/** A demonstration's endpoints live in the demonstration, and behave as they are named. */
class DemoEndpointsTest {
  private final HttpClient client = HttpClient.newHttpClient();

  private String body(RunningHub hub, String path) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(hub.door.url(path)))
                .header("Authorization", "Bearer " + hub.token("integration_admin"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private List<JsonObject> endpoints(RunningHub hub) {
    try {
      return new JsonObject(body(hub, "/api/v1/endpoints"))
          .getJsonArray("items").stream().map(JsonObject.class::cast).toList();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void sixEndpointsConsentedOverLoopbackAndOneFailsOneIsSlowAndOneIsDisabled() throws Exception {
    try (RunningHub hub = RunningHub.start()) {
      eventually(
          "the failing one is known to fail",
          () -> endpoints(hub).stream().anyMatch(one -> state(one).equals("DEGRADED")));
      List<JsonObject> all = endpoints(hub);
      assertThat(all).hasSize(6);
      Map<String, Long> states =
          all.stream().collect(Collectors.groupingBy(this::state, Collectors.counting()));
      assertThat(states).isEqualTo(Map.of("ACTIVE", 4L, "DEGRADED", 1L, "DISABLED", 1L));
      assertThat(all.stream().map(one -> one.getString("scope"))).containsOnly("public", "network");
      assertThat(all)
          .allMatch(one -> URI.create(one.getString("url")).getHost().equals("127.0.0.1"));
      for (String manner : List.of("prompt", "slow", "failing", "none")) {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(URI.create(hub.door.url("/dev/receivers/" + manner + "/x")))
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode())
            .as(manner)
            .isEqualTo(
                switch (manner) {
                  case "failing" -> 503;
                  case "none" -> 404;
                  default -> 204;
                });
      }
    }
  }

  @Test
  void whereLoopbackIsClosedToWebhooksThereIsNoReceiverAndNoEndpoint() throws Exception {
    try (RunningHub hub = RunningHub.start(Map.of("TOCSIN_WEBHOOKS_ALLOW_PRIVATE", "false"))) {
      assertThat(endpoints(hub)).isEmpty();
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(hub.door.url("/dev/receivers/prompt/x")))
                  .POST(HttpRequest.BodyPublishers.ofString("{}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isIn(404, 405);
    }
  }

  private String state(JsonObject endpoint) {
    return endpoint.getString("state");
  }
}
