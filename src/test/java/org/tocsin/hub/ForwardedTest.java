package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.access.RequestGate;
import org.tocsin.platform.address.IpNetwork;
import org.tocsin.web.UnnamedProxies;

/** What requests say of where they come from, over the wire. */
class ForwardedTest {
  @Test
  void aProxyThatNobodyNamedIsCountedAndLeavesAMarkForTheDoctor() throws Exception {
    try (TestDesk desk = new TestDesk()) {
      assertThat(problems(desk)).isEmpty();
      ask(desk, "198.51.100.7");
      ask(desk, "198.51.100.8");
      assertThat(problems(desk))
          .singleElement()
          .satisfies(
              problem ->
                  assertThat(problem)
                      .contains("were forwarded by 127.0.0.1")
                      .doesNotContain("198.51.100"));
      assertThat(
              UnnamedProxies.problems(
                  desk.hub.folder, List.of(IpNetwork.of("127.0.0.0/8")), desk.hub.clock.instant()))
          .as("named since")
          .isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"X-Forwarded-For, ''", "Forwarded, for="})
  void strangersBehindANamedProxyHaveBudgetsOfTheirOwnWhateverTheyClaim(String header, String key)
      throws Exception {
    try (TestDesk desk = new TestDesk(Map.of("TOCSIN_HTTP_TRUSTED_PROXIES", "127.0.0.1"));
        HttpClient client = HttpClient.newHttpClient()) {
      Function<String[], HttpRequest> signUp =
          hops -> {
            HttpRequest.Builder request =
                desk.new Browser()
                    .form("/subscribe", "email", "ada@tocsin.example", "topics", "newsletter");
            for (String hop : hops) {
              request.header(header, key + hop);
            }
            return request.build();
          };
      for (int i = 0; i < RequestGate.AN_HOUR; i++) {
        assertThat(status(client, signUp, "6.6." + i + ".6", "198.51.100.7"))
            .as("sign-up " + i)
            .isEqualTo(200);
      }
      assertThat(status(client, signUp, "6.6.6.6", "198.51.100.7")).isEqualTo(429);
      assertThat(status(client, signUp, "198.51.100.7", "198.51.101.7")).isEqualTo(200);
      assertThat(problems(desk)).isEmpty();
    }
  }

  private static int status(
      HttpClient client, Function<String[], HttpRequest> request, String... hops) throws Exception {
    return client.send(request.apply(hops), BodyHandlers.ofString()).statusCode();
  }

  private static void ask(TestDesk desk, String... forwardedFor) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(desk.url("/desk/sign-in")));
    for (String one : forwardedFor) {
      request.header("X-Forwarded-For", one);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  private static List<String> problems(TestDesk desk) {
    return UnnamedProxies.problems(
        desk.hub.folder, desk.settings.http().trustedProxies(), desk.hub.clock.instant());
  }
}
