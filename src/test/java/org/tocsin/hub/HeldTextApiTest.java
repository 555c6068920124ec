package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Permission;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.access.TokenScope;
import org.tocsin.cases.CaseDetails;
import org.tocsin.cases.Profession;
import org.tocsin.platform.config.SettingsLoader;
import org.tocsin.testing.TestHub;

/** I22 for machines: no token without cases learns whether a newsletter names somebody of one. */
class HeldTextApiTest {
  private static final String PRIVATE = "Ilyas Voren";
  private static final String INNOCENT = "Amara Lenko";

  private final TestHub hub = new TestHub();
  private final Features features =
      new Features(
          SettingsLoader.defaults(Map.of("TOCSIN_DEMO", "true")),
          hub.vertx,
          hub.keyring,
          hub.hub,
          hub.site,
          hub.clock);
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> onlookers = new LinkedHashMap<>();
  private final StaffMember approver = staff("approver", Role.APPROVER);
  private String editor = "";
  private int port;

  @BeforeEach
  void start() {
    HttpServer server =
        hub.vertx
            .createHttpServer()
            .requestHandler(new WebWiring(features, hub.vertx, Optional.empty()).router(hub.vertx));
    hub.vertx
        .deployVerticle(
            new VerticleBase() {
              @Override
              public Future<?> start() {
                return server.listen(0, "127.0.0.1");
              }
            },
            new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .await();
    port = server.actualPort();
    for (Role role : Role.values()) {
      if (!Permission.READ_CASES.roles().contains(role)) {
        onlookers.put(role.word(), token(staff(role.word(), role), List.of()));
      }
    }
    editor = Objects.requireNonNull(onlookers.get(Role.NEWSLETTER_EDITOR.word()));
    for (List<String> narrow :
        List.of(
            List.of("approve_newsletter"),
            List.of("approve_newsletter", "read_newsletters"),
            List.of("approve_newsletter", "read_alerts", "read_developments"))) {
      onlookers.put("approver's " + narrow, token(approver, narrow));
    }
    features.cases.create(
        new CaseDetails(PRIVATE, "", "XN", Profession.PHYSICIAN, "Arrested at the hospital"),
        staff("officer", Role.CASE_OFFICER).id(),
        features.languages.in("en"));
  }

  @AfterEach
  void close() {
    client.close();
    hub.close();
  }

  private StaffMember staff(String name, Role role) {
    return features.staff.add("system", name + "@tocsin.example", name, Set.of(role));
  }

  private String token(StaffMember who, List<String> scope) {
    return features.apiTokens.create(
        "system", who, "", scope.isEmpty() ? TokenScope.ALL : TokenScope.of(scope), 30);
  }

  private HttpResponse<String> call(String token, String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1" + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** What all of them are answered from the first draft to the return, numbers left out. */
  private List<String> life(String name, String month) {
    List<String> seen = new ArrayList<>();
    HttpResponse<String> created =
        call(
            editor,
            "POST",
            "/newsletters",
            new JsonObject()
                .put("month", month)
                .put("subject", "News of " + name)
                .put("body_markdown", "Our colleague " + name + " is well.")
                .put("topics", new JsonArray().add("newsletter"))
                .encode());
    String id = new JsonObject(created.body()).getString("id");
    String path = "/newsletters/" + id;
    for (int round = 0; round < 2; round++) {
      seen.add(told(call(editor, "POST", path + "/submit", ""), name, month, id));
      while (features.newsletters.lookThrough()) {
        // as housekeeping does
      }
      onlookers.forEach(
          (who, token) -> {
            for (String verb : List.of("/submit", "/approve", "/reject", "/release")) {
              // Sent back by its approver alone, below.
              seen.add(who + verb + told(call(token, "POST", path + verb, ""), name, month, id));
            }
            for (String read : List.of(path, "/newsletters?limit=1", "/broadcasts")) {
              seen.add(who + told(call(token, "GET", read, ""), name, month, id));
            }
          });
      features.newsletters.reject(
          features.newsletters.list("", 1).getFirst().id(),
          approver.id(),
          "Shorter, please",
          features.languages.in("en"));
    }
    return seen;
  }

  private static String told(HttpResponse<String> answer, String name, String month, String id) {
    return (" " + answer.statusCode() + " " + answer.headers().map() + " " + answer.body())
        .replace(name, "…")
        .replace(month, "…")
        .replace(id, "…")
        .replaceAll("\"next\":\"[^\"]*\"", "next")
        .replaceAll("[0-9a-f]{64}", "…");
  }

  @Test
  void noTokenWithoutCasesCanTellAHeldTextFromAnyOther() {
    List<String> held = life(PRIVATE, "2026-07");
    List<String> other = life(INNOCENT, "2026-08");
    assertThat(held).hasSizeGreaterThan(100).anyMatch(one -> one.contains(" 200 "));
    for (int i = 0; i < held.size(); i++) {
      assertThat(held.get(i)).isEqualTo(other.get(i));
    }
    assertThat(held)
        .filteredOn(one -> one.startsWith("approver's") && one.contains("/approve"))
        .isNotEmpty()
        .allMatch(one -> one.contains("\"role_missing\""));
  }
}
