package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.access.TokenScope;
import org.tocsin.broadcasts.OwnedBroadcasts;
import org.tocsin.network.EventDraft;
import org.tocsin.network.EventType;
import org.tocsin.network.Scope;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.config.SettingsLoader;
import org.tocsin.testing.Receiver;
import org.tocsin.testing.TestHub;
import org.tocsin.web.api.Contract;

/** Endpoints and events over HTTP, every answer checked against the contract. */
class WebhookApiTest {
  private final TestHub hub = new TestHub();
  private final Settings settings =
      SettingsLoader.defaults(
          Map.of("TOCSIN_DEMO", "true", "TOCSIN_WEBHOOKS_ALLOW_PRIVATE", "true"));
  private final Features features =
      new Features(settings, hub.vertx, hub.keyring, hub.hub, hub.site, hub.clock);
  private final OwnedBroadcasts issues = features.broadcasts.ownedBy("test");
  private final Contract contract = Contract.load(hub.vertx, "http://localhost/api/v1");
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;
  private String admin = "";

  @BeforeEach
  void start() {
    WebWiring wiring = new WebWiring(features, hub.vertx, Optional.empty());
    io.vertx.core.http.HttpServer server =
        hub.vertx.createHttpServer().requestHandler(wiring.router(hub.vertx));
    hub.vertx
        .deployVerticle(
            new io.vertx.core.VerticleBase() {
              @Override
              public io.vertx.core.Future<?> start() {
                return server.listen(0, "127.0.0.1");
              }
            },
            new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .await();
    port = server.actualPort();
    admin = token("integration@tocsin.example", Role.INTEGRATION_ADMIN);
  }

  @AfterEach
  void close() {
    client.close();
    hub.close();
  }

  private String token(String email, Role role) {
    StaffMember member = features.staff.add("system", email, "Somebody", Set.of(role));
    return features.apiTokens.create("system", member, "test", Set.of());
  }

  @Test
  void aReceiverThatSimplyAnswers200IsActiveInADemonstration() {
    Receiver receiver = Receiver.answering(hub.vertx, request -> request.response().end());
    HttpResponse<String> created = post(draft(receiver.url()), Map.of());
    assertThat(created.statusCode()).isEqualTo(201);
    JsonObject endpoint = checked("createEndpoint", created);
    assertThat(endpoint.getString("state")).isEqualTo("ACTIVE");
    assertThat(endpoint.getString("secret")).startsWith("whsec_");
    JsonObject again = checked("getEndpoint", get("/endpoints/" + endpoint.getString("id"), admin));
    assertThat(again.containsKey("secret")).isFalse();
    assertThat(again.getString("url")).isEqualTo(receiver.url());
    JsonArray listed = checked("listEndpoints", get("/endpoints", admin)).getJsonArray("items");
    assertThat(listed).hasSize(1);
    assertThat(listed.getJsonObject(0)).isEqualTo(again);
  }

  @Test
  void aReceiverThatDoesNotAnswerAsItShouldIsChallenged() {
    Receiver receiver =
        Receiver.answering(hub.vertx, request -> request.response().setStatusCode(404).end());
    JsonObject endpoint = checked("createEndpoint", post(draft(receiver.url()), Map.of()));
    assertThat(endpoint.getString("state")).isEqualTo("CHALLENGED");
    assertThat(endpoint.getString("consent_missing")).isEqualTo("HTTP 404");
  }

  @Test
  void theSameKeyGivesTheSameEndpointAndSecret() {
    Receiver receiver = Receiver.answering(hub.vertx, request -> request.response().end());
    HttpResponse<String> first = post(draft(receiver.url()), Map.of("Idempotency-Key", "once"));
    HttpResponse<String> second = post(draft(receiver.url()), Map.of("Idempotency-Key", "once"));
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(new JsonObject(second.body())).isEqualTo(new JsonObject(first.body()));
    assertThat(features.endpoints.list(0, 10)).hasSize(1);
    HttpResponse<String> other =
        post(draft(receiver.url()).put("description", "Other"), Map.of("Idempotency-Key", "once"));
    assertThat(other.statusCode()).isEqualTo(422);
  }

  @Test
  void aPrivateAddressIsRefusedAndTheFieldNamed() {
    HttpResponse<String> refused = post(draft("http://169.254.169.254/latest"), Map.of());
    assertThat(refused.statusCode()).isEqualTo(422);
    JsonObject problem = checked("createEndpoint", refused);
    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("field")).isEqualTo("url");
    assertThat(features.endpoints.list(0, 10)).isEmpty();
  }

  @Test
  void whatTheContractDoesNotAllowIsRefused() {
    for (String field : List.of("url", "scope", "types", "description", "contact_email")) {
      JsonObject draft = draft("https://hooks.example.org/");
      draft.remove(field);
      HttpResponse<String> missing = post(draft, Map.of());
      assertThat(missing.statusCode()).as(field).isEqualTo(422);
      assertThat(missing.body()).contains("\"" + field + "\"");
    }
    assertThat(
            post(draft("https://hooks.example.org/").put("secret", "mine"), Map.of()).statusCode())
        .isEqualTo(422);
  }

  @Test
  void onlyIntegrationAdministratorsRegisterAndAuditorsRead() {
    String auditor = token("auditor@tocsin.example", Role.AUDITOR);
    String editor = token("editor@tocsin.example", Role.NEWSLETTER_EDITOR);
    assertThat(get("/endpoints", auditor).statusCode()).isEqualTo(200);
    assertThat(get("/endpoints", editor).statusCode()).isEqualTo(403);
    assertThat(get("/events", auditor).statusCode()).isEqualTo(403);
    assertThat(get("/endpoints", "").statusCode()).isEqualTo(401);
    assertThat(get("/endpoints/" + "a".repeat(26), admin).statusCode()).isEqualTo(404);
  }

  @Test
  void aNetworkEndpointWaitsForAnotherMemberOfStaff() {
    Receiver receiver = Receiver.answering(hub.vertx, request -> request.response().end());
    JsonObject draft =
        draft(receiver.url())
            .put("scope", "network")
            .put("types", new JsonArray().add("alert.issued"));
    JsonObject created = checked("createEndpoint", post(draft, Map.of()));
    assertThat(created.getString("state")).isEqualTo("REGISTERED");
    assertThat(created.getBoolean("confirmed")).isFalse();
    String confirm = "/endpoints/" + created.getString("id") + "/confirm";
    assertThat(problem(confirm(confirm, admin))).isEqualTo("403 same_person");
    String editor = token("editor@tocsin.example", Role.NEWSLETTER_EDITOR);
    assertThat(problem(confirm(confirm, editor))).isEqualTo("403 role_missing");
    assertThat(problem(confirm(confirm, ""))).isEqualTo("401 unauthenticated");
    assertThat(receiver.heard).isEmpty();
    String second = token("security@tocsin.example", Role.SECURITY_ADMIN);
    JsonObject confirmed = checked("confirmEndpoint", confirm(confirm, second));
    assertThat(confirmed.getString("state")).isEqualTo("ACTIVE");
    assertThat(confirmed.getBoolean("confirmed")).isTrue();
    assertThat(problem(confirm(confirm, second))).isEqualTo("409 already_confirmed");
    assertThat(problem(confirm("/endpoints/" + "a".repeat(26) + "/confirm", second)))
        .isEqualTo("404 not_found");
  }

  private HttpResponse<String> confirm(String path, String token) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .POST(BodyPublishers.noBody())
            .header("Authorization", "Bearer " + token));
  }

  private static String problem(HttpResponse<String> answer) {
    return answer.statusCode() + " " + new JsonObject(answer.body()).getString("code");
  }

  @Test
  void aTokenThatReadsChangesNothingAndOneThatEndedIsToldSo() {
    StaffMember ada =
        features.staff.add("system", "ada@tocsin.example", "Ada", Set.of(Role.INTEGRATION_ADMIN));
    String reads = features.apiTokens.create("system", ada, "", TokenScope.of(List.of("read")), 30);
    assertThat(get("/endpoints", reads).statusCode()).isEqualTo(200);
    HttpRequest.Builder write =
        HttpRequest.newBuilder(uri("/endpoints"))
            .POST(BodyPublishers.ofString(draft("https://hooks.example.org/").encode()))
            .header("Authorization", "Bearer " + reads)
            .header("Content-Type", "application/json");
    assertThat(problem(send(write))).isEqualTo("403 role_missing");
    hub.clock.advance(Duration.ofDays(30));
    HttpResponse<String> ended = get("/endpoints", reads);
    assertThat(problem(ended)).isEqualTo("401 token_expired");
    assertThat(ended.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer error=\"invalid_token\"");
    assertThat(problem(get("/endpoints", "tocsin_nonsense"))).isEqualTo("401 unauthenticated");
  }

  /** Or a token that reads could change something: nothing but a GET asks for a verb that reads. */
  @Test
  void whatOnlyReadsIsAGet() {
    for (io.vertx.openapi.contract.Operation operation : contract.parsed().operations()) {
      boolean reads =
          new Operations(features)
              .all().stream()
                  .filter(one -> one.id().equals(operation.getOperationId()))
                  .allMatch(one -> one.permission().reads());
      if (!operation.getHttpMethod().equals(io.vertx.core.http.HttpMethod.GET)) {
        assertThat(reads).as(operation.getOperationId()).isFalse();
      }
    }
  }

  @Test
  void eventsAreReadInOrderFromACursor() {
    for (String month : List.of("2026-04", "2026-05", "2026-06")) {
      publish(month);
    }
    assertThat(items(get("/events", admin))).isEmpty();
    hub.clock.advance(Duration.ofSeconds(2));
    JsonObject page = checked("listEvents", get("/events?limit=2", admin));
    assertThat(page.getJsonArray("items")).hasSize(2);
    JsonObject event = page.getJsonArray("items").getJsonObject(0);
    assertThat(event.getString("type")).isEqualTo("newsletter.published");
    assertThat(event.getJsonObject("data").getString("month")).isEqualTo("2026-04");
    JsonObject last = checked("listEvents", get("/events?after=" + page.getString("next"), admin));
    assertThat(last.getString("next")).isNull();
    String id = last.getJsonArray("items").getJsonObject(0).getString("id");
    assertThat(items(get("/events?after=" + id, admin))).isEmpty();
    HttpResponse<String> unknown = get("/events?after=nonsense", admin);
    assertThat(unknown.statusCode()).isEqualTo(422);
    assertThat(unknown.body()).contains("\"after\"");
    assertThat(items(get("/events?scope=network", admin))).isEmpty();
  }

  private JsonArray items(HttpResponse<String> answer) {
    return checked("listEvents", answer).getJsonArray("items");
  }

  /** Rows of a release as two people make it; what is tested here begins after it. */
  private void publish(String month) {
    long staff = hub.hub.get("SELECT min(id) AS id FROM access.staff", row -> row.getLong("id"));
    long second =
        features
            .staff
            .add("system", month + "@tocsin.example", "Somebody", Set.of(Role.APPROVER))
            .id()
            .value();
    Buffer hash = Buffer.buffer(new byte[32]);
    hub.hub.run(
        "INSERT INTO release.edit (subject, editor, content_hash, at) VALUES ($1, $2, $3, now())",
        month,
        staff,
        hash);
    long release =
        hub.hub.get(
            """
            WITH a AS (INSERT INTO release.approval (subject, content_hash, approved_by, at)
              VALUES ($1, $3, $4, now()) RETURNING id)
            INSERT INTO release.release (approval, subject, content_hash, audience, channels, not_before, mode, released_by, at)
            SELECT id, $1, $3, '{}', '{webhook}', '2026-01-01', 'ACTUAL', $2::bigint, now() FROM a RETURNING id
            """,
            row -> row.getLong("id"),
            month,
            staff,
            hash,
            second);
    hub.hub.inTransaction(
        tx ->
            features.events.publish(
                tx,
                issues,
                new EventDraft(
                    Scope.PUBLIC,
                    EventType.NEWSLETTER_PUBLISHED,
                    month,
                    new JsonObject().put("month", month)),
                release,
                hub.clock.instant()));
  }

  private static JsonObject draft(String url) {
    return new JsonObject()
        .put("url", url)
        .put("scope", "public")
        .put("types", new JsonArray().add("newsletter.published"))
        .put("description", "The academy's website")
        .put("contact_email", "web@academy.example");
  }

  /** The body of an answer that is what the contract promises. */
  private JsonObject checked(String operation, HttpResponse<String> answer) {
    ResponseValidator.create(hub.vertx, contract.parsed())
        .validate(
            ValidatableResponse.create(
                answer.statusCode(),
                Buffer.buffer(answer.body()),
                answer
                    .headers()
                    .firstValue("content-type")
                    .orElse("")
                    .replace("application/problem+json", "application/json")),
            operation)
        .await();
    return new JsonObject(answer.body());
  }

  private HttpResponse<String> get(String path, String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).GET();
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return send(request);
  }

  private HttpResponse<String> post(JsonObject body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri("/endpoints"))
            .POST(BodyPublishers.ofString(body.encode()))
            .header("Authorization", "Bearer " + admin)
            .header("Content-Type", "application/json");
    headers.forEach(request::header);
    return send(request);
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + "/api/v1" + path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
