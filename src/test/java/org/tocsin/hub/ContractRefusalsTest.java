package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.ApiClient.NOBODY;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.access.Role;
import org.tocsin.testing.ApiClient;
import org.tocsin.testing.ApiClient.Told;
import org.tocsin.testing.ContractCheck;
import org.tocsin.testing.ContractOperation;
import org.tocsin.testing.RunningHub;
import org.tocsin.testing.TestPostgres;

/** How the API says no: a documented status, problem+json, a stable code, the field by its name. */
@ExtendWith(VertxExtension.class)
class ContractRefusalsTest {
  private static final String EDITOR = "newsletter_editor";
  private static final String OFFICER = "case_officer";
  private static final String NOWHERE = "a".repeat(26);

  /** What any member of staff may, and the one thing that a security administrator may besides. */
  private static final Set<String> EVERYBODY =
      Set.of(
          "listNewsletters",
          "getNewsletter",
          "listBroadcasts",
          "getBroadcast",
          "listDeliveries",
          "pauseBroadcast",
          "getHold",
          "holdEverything",
          "endHold",
          "holdAlert",
          "stopAlert",
          "confirmStop",
          // Not everybody; but a security administrator is among the second persons.
          "confirmEndpoint");

  /** Their bodies are asked for before anything is looked up. */
  private static final Set<String> NEED_A_BODY =
      Set.of("createAlert", "createUpdate", "stopAlert", "closeAlert");

  private static ContractCheck contract;
  private static RunningHub hub;
  private static ApiClient api;

  @BeforeAll
  static void start(Vertx vertx) {
    contract = new ContractCheck(vertx);
    hub = RunningHub.start();
    api = new ApiClient(hub, contract);
  }

  @AfterAll
  static void close() {
    hub.close();
  }

  private static Told call(String role, ContractOperation call) {
    return api.send(
        api.request(role, call.pathOf(NOWHERE)).method(call.method(), BodyPublishers.noBody()));
  }

  @Test
  void everyCollectionAnswersGetAndNothingAnswersWithoutAToken() {
    List<ContractOperation> calls = contract.operations();
    for (ContractOperation call : calls) {
      if (!call.ofOneThing() && !call.id().equals("endHold")) {
        assertThat(calls)
            .as(call.path())
            .anyMatch(c -> c.path().equals(call.path()) && c.method().equals("GET"));
      }
      if (!call.forAnybody()) {
        assertThat(call(NOBODY, call).refused(401)).isEqualTo("unauthenticated");
      }
    }
    var unknown = api.request(NOBODY, "/newsletters").header("Authorization", "Bearer nonsense");
    assertThat(hub.door.send(unknown).headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    api.send(unknown).as(401);
  }

  @Test
  void aTokenWithoutTheRoleIsToldSoBeforeAnythingElse() {
    for (ContractOperation call : contract.operations()) {
      Told told = call("security_admin", call);
      if (EVERYBODY.contains(call.id()) || call.forAnybody()) {
        assertThat(told.status()).as(call.id()).isNotEqualTo(403);
      } else {
        assertThat(told.refused(403)).as(call.id()).isEqualTo("role_missing");
      }
    }
    api.post("release_officer", "/hold/resume").as(200);
  }

  @Test
  void whoMayDoWhatToABroadcastIsAskedForByEveryVerb() {
    Set<String> anybody = Set.of("pauseBroadcast", "holdEverything", "getHold");
    Set<String> senders = Set.of("release_officer", EDITOR);
    for (ContractOperation call : contract.operations()) {
      boolean verb = call.path().startsWith("/broadcasts/{id}/") && call.method().equals("POST");
      if (!verb && !call.id().equals("endHold")) {
        continue;
      }
      for (Role role : Role.values()) {
        boolean may =
            anybody.contains(call.id())
                || senders.contains(role.word())
                || (call.id().equals("endHold") && role == Role.SECURITY_ADMIN);
        Told told = call(role.word(), call);
        assertThat(told.status())
            .as(call.id() + " by " + role.word())
            .isEqualTo(!may ? 403 : verb ? 404 : 409);
      }
    }
  }

  @Test
  void whatIsNotThereIsNotFound() {
    String newsletter = draft("2032-01").getString("id");
    for (ContractOperation call : contract.operations()) {
      if (!call.ofOneThing() || call.method().equals("PUT") || NEED_A_BODY.contains(call.id())) {
        continue;
      }
      String role = who(call);
      assertThat(call(role, call).refused(404)).as(call.id()).isEqualTo("not_found");
      if (call.path().startsWith("/broadcasts")) {
        String ofAnotherKind = call.pathOf(newsletter);
        api.send(api.request(role, ofAnotherKind).method(call.method(), BodyPublishers.noBody()))
            .as(404);
      }
    }
    api.put(EDITOR, "/newsletters/" + NOWHERE, fields("2032-01")).as(404);
    JsonObject alert = AlertCalls.draft();
    api.put(OFFICER, "/alerts/" + NOWHERE, alert).as(404);
    api.post(OFFICER, "/alerts/" + NOWHERE + "/updates", alert).as(404);
    api.post(OFFICER, "/cases/" + NOWHERE + "/alerts", alert).as(404);
    api.post(OFFICER, "/alerts/" + NOWHERE + "/stop", new JsonObject().put("reason", "error"))
        .as(404);
    api.post(OFFICER, "/alerts/" + NOWHERE + "/close", new JsonObject().put("outcome", "Free"))
        .as(404);
    api.get(EDITOR, "/newsletters/" + "a".repeat(101)).as(422);
    assertThat(api.get(EDITOR, "/nothing").refused(404)).isEqualTo("not_found");
    assertThat(api.send(api.request(EDITOR, "/newsletters").DELETE()).refused(405))
        .isEqualTo("method_not_allowed");
  }

  private static String who(ContractOperation call) {
    return switch (call.id()) {
      case "approveNewsletter", "rejectNewsletter" -> "approver";
      case "getEndpoint" -> "auditor";
      case "approveAlert", "rejectAlert", "confirmEndpoint" -> "approver";
      case "releaseAlert" -> "release_officer";
      case "getCase",
          "listAlertsOfCase",
          "getAlert",
          "listUpdates",
          "submitAlert",
          "holdAlert",
          "resumeAlert",
          "confirmStop" ->
          OFFICER;
      default -> EDITOR;
    };
  }

  @Test
  void whatTheStateOfThingsForbidsIsAConflict() {
    JsonObject draft = draft("2032-02");
    String path = "/newsletters/" + draft.getString("id");
    assertThat(api.post("release_officer", path + "/release", new JsonObject()).refused(409))
        .isEqualTo("not_approved");
    assertThat(api.put(EDITOR, path, fields("2032-02").put("version", 99)).refused(409))
        .isEqualTo("version_changed");
    api.post(EDITOR, path + "/submit").as(200);
    assertThat(api.post(EDITOR, path + "/submit").refused(409)).isEqualTo("already_submitted");
  }

  /** Between the reading and the approval its editor may have written it again. */
  @Test
  void whatWasReadIsWhatIsApproved() {
    String issue = "/newsletters/" + draft("2032-11").getString("id");
    api.post(EDITOR, issue + "/submit").as(200);
    JsonObject read = read(issue);
    api.put(EDITOR, issue, fields("2032-11").put("body_markdown", "Something else")).as(200);
    api.post(EDITOR, issue + "/submit").as(200);
    assertThat(api.post("approver", issue + "/approve", read).refused(409))
        .isEqualTo("content_changed");
    assertThat(wrong(api.post("approver", issue + "/approve", hash("AB"))))
        .containsExactly("content_hash");
    api.post("approver", issue + "/approve", read(issue)).as(200);

    AlertCalls alerts = new AlertCalls(api);
    String alert = alerts.created();
    api.post(AlertCalls.WRITER, alert + "/submit").as(200);
    JsonObject shown = read(alert);
    api.put(AlertCalls.WRITER, alert, AlertCalls.draft().put("background", "Written anew")).as(200);
    api.post(AlertCalls.WRITER, alert + "/submit").as(200);
    assertThat(api.post("approver", alert + "/approve", shown).refused(409))
        .isEqualTo("content_changed");
    api.post("approver", alert + "/approve", read(alert)).as(200);
  }

  private static JsonObject read(String path) {
    return hash(api.get("approver", path).as(200).getString("content_hash"));
  }

  private static JsonObject hash(String hex) {
    return new JsonObject().put("content_hash", hex);
  }

  @Test
  void aTextThatNamesSomebodyIsHeldAndNoWordMoreIsSaid() {
    api.post(
            "case_officer",
            "/cases",
            new JsonObject()
                .put("name", "Teodora Quillan-Abernethy")
                .put("country", "XN")
                .put("profession", "2211")
                .put("summary", "Arrested at the hospital"))
        .as(201);
    JsonObject naming =
        fields("2032-10").put("body_markdown", "We thank Teodora\n*Quillan* Abernethy.");
    JsonObject draft = api.post(EDITOR, "/newsletters", naming).as(201);
    String path = "/newsletters/" + draft.getString("id");
    JsonObject submitted = api.post(EDITOR, path + "/submit").as(200);
    assertThat(submitted.fieldNames()).isEqualTo(draft.fieldNames());
    assertThat(submitted.getString("state")).isEqualTo("in_review");
    Told refused = api.post("approver", path + "/approve");
    assertThat(refused.refused(409)).isEqualTo("held_for_review");
    assertThat(refused.body().getString("detail")).isEqualTo("This text is held for review");
    assertThat(refused.body().encode()).doesNotContain("Quillan");
    assertThat(api.get("approver", path).as(200).getString("state")).isEqualTo("in_review");
  }

  @Test
  void whoWroteAnIssueCannotApproveItWhateverTheirRoles() throws SQLException {
    String path = "/newsletters/" + draft("2032-03").getString("id");
    api.post(EDITOR, path + "/submit").as(200);
    try (Connection superuser = TestPostgres.superuser(hub.database);
        Statement statement = superuser.createStatement()) {
      statement.execute("UPDATE access.api_token SET scope = NULL");
      statement.execute(
          "UPDATE access.staff SET roles = roles || 'approver'::text"
              + " WHERE 'newsletter_editor' = ANY(roles)");
    }
    assertThat(api.post(EDITOR, path + "/approve").refused(403)).isEqualTo("approver_is_editor");
  }

  @Test
  void aBodyThatIsNotOneClearJsonTextIsRefused() {
    for (String text :
        List.of(
            "{",
            "{}{}",
            "{\"month\": \"2032-04\", \"month\": \"2032-05\"}",
            "{\"a\": {\"b\": 1, \"b\": 2}}",
            "month=2032-04",
            "[".repeat(100_000),
            "{\"month\": \"\u0000\"}",
            "{\"subject\": NaN}")) {
      malformed(text.getBytes(StandardCharsets.UTF_8));
    }
    malformed(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'});
    malformed("{\"subject\": \"Não\"}".getBytes(StandardCharsets.ISO_8859_1));
    malformed("{}".getBytes(StandardCharsets.UTF_16));
  }

  private static void malformed(byte[] body) {
    Told told = api.send(api.json(EDITOR, "/newsletters").POST(BodyPublishers.ofByteArray(body)));
    assertThat(told.refused(400)).isEqualTo("bad_request");
  }

  @Test
  void aBodyOfAnotherTypeOrSizeIsRefused() {
    for (String type :
        List.of("text/plain", "application/x-www-form-urlencoded", "application/json-seq")) {
      var request =
          api.request(EDITOR, "/newsletters")
              .header("Content-Type", type)
              .POST(BodyPublishers.ofString(fields("2032-06").encode()));
      assertThat(api.send(request).refused(415)).isEqualTo("unsupported_media_type");
    }
    api.send(
            api.request(EDITOR, "/newsletters")
                .header("Content-Type", "Application/JSON; charset=utf-8")
                .POST(BodyPublishers.ofString(fields("2032-06").encode())))
        .as(201);
    JsonObject large = fields("2032-07").put("body_markdown", "x".repeat(600_000));
    assertThat(api.post(EDITOR, "/newsletters", large).refused(413)).isEqualTo("too_large");
  }

  @Test
  void everyWrongFieldIsNamed() {
    for (String field : List.of("month", "subject", "body_markdown", "topics")) {
      JsonObject missing = fields("2032-08");
      missing.remove(field);
      assertThat(wrong(api.post(EDITOR, "/newsletters", missing))).containsExactly(field);
      assertThat(wrong(api.post(EDITOR, "/newsletters", fields("2032-08").put(field, 7))))
          .containsExactly(field);
    }
    assertThat(wrong(api.post(EDITOR, "/newsletters", fields("2032-13")))).containsExactly("month");
    assertThat(wrong(api.post(EDITOR, "/newsletters", fields("2032-08").put("sender", "me"))))
        .containsExactly("sender");
    assertThat(
            wrong(
                api.post(
                    EDITOR,
                    "/newsletters",
                    fields("2032-13").put("subject", "x".repeat(201)).put("preheader", 1))))
        .containsExactlyInAnyOrder("month", "subject", "preheader");
    assertThat(
            wrong(
                api.post(EDITOR, "/newsletters", fields("2032-08").put("topics", topics("cats")))))
        .containsExactly("topics");
    assertThat(wrong(api.send(api.json(EDITOR, "/newsletters").POST(BodyPublishers.noBody()))))
        .containsExactly("body");
    assertThat(
            wrong(api.send(api.json(EDITOR, "/newsletters").POST(BodyPublishers.ofString("[1]")))))
        .containsExactly("body");
    for (String query : List.of("limit=0", "limit=501", "limit=many", "limit=1.5", "after=x")) {
      assertThat(wrong(api.get(EDITOR, "/newsletters?" + query)))
          .containsExactly(query.substring(0, query.indexOf('=')));
    }
    assertThat(wrong(api.get("integration_admin", "/events?scope=secret")))
        .containsExactly("scope");
  }

  @Test
  void whatIsWrongWithAnAddressIsSaidInTheFormsWords() {
    for (JsonObject empty :
        List.of(
            new JsonObject(),
            new JsonObject().put("email", ""),
            new JsonObject().put("email", " "),
            new JsonObject().putNull("email"))) {
      JsonObject told = api.post(NOBODY, "/subscriptions", empty).as(422);
      assertThat(told.getJsonArray("errors"))
          .isEqualTo(field("email", "Enter a valid email address"));
    }
    for (String malformed :
        List.of("two@@signs.example", "nobody", "a@b@c.example", "a b@c.example")) {
      JsonObject told =
          api.post(NOBODY, "/subscriptions", new JsonObject().put("email", malformed)).as(422);
      assertThat(told.getJsonArray("errors")).isEqualTo(field("email", "Invalid email address"));
    }
    JsonObject wish = new JsonObject().put("email", "ann@home.example");
    assertThat(wrong(api.post(NOBODY, "/subscriptions", wish.copy().put("topics", topics("cats")))))
        .containsExactly("topics");
    assertThat(wrong(api.post(NOBODY, "/subscriptions", wish.copy().put("language", "xx"))))
        .containsExactly("language");
  }

  @Test
  void aNetworkBeyondItsCapIsToldWhenToComeAgainWhateverTheAddress() throws SQLException {
    api.post(NOBODY, "/subscriptions", new JsonObject().put("email", "ann@home.example")).as(202);
    try (Connection superuser = TestPostgres.superuser(hub.database);
        Statement statement = superuser.createStatement()) {
      statement.execute(
          """
          INSERT INTO access.request_seen (source_hash, at)
          SELECT source_hash, at FROM (SELECT * FROM access.request_seen LIMIT 1) one, generate_series(1, 200)
          """);
      Set<String> answers = new HashSet<>();
      for (String address : List.of("ann@home.example", "new@home.example")) {
        HttpResponse<String> answer =
            hub.door.send(
                api.json(NOBODY, "/subscriptions")
                    .POST(
                        BodyPublishers.ofString(new JsonObject().put("email", address).encode())));
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(contract.check(answer).getString("code")).isEqualTo("too_many_requests");
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
            .isBetween(1, 3_600);
        answers.add(answer.body());
      }
      assertThat(answers).hasSize(1);
      statement.execute("DELETE FROM access.request_seen");
    }
  }

  @Test
  void everyPostThatCreatesTakesAnIdempotencyKey() {
    List<ContractOperation> creating =
        contract.operations().stream().filter(ContractOperation::creates).toList();
    assertThat(creating).hasSizeGreaterThan(2);
    assertThat(creating)
        .allSatisfy(
            call ->
                assertThat(call.written().getJsonArray("parameters"))
                    .contains(
                        new JsonObject().put("$ref", "#/components/parameters/IdempotencyKey")));
    for (ContractOperation call : creating) {
      String role =
          switch (call.id()) {
            case "createSubscription" -> NOBODY;
            case "createEndpoint" -> "integration_admin";
            case "createCase", "createAlert", "createUpdate" -> OFFICER;
            default -> EDITOR;
          };
      for (String key : List.of("x".repeat(201), "with space")) {
        var request =
            api.json(role, call.pathOf(NOWHERE))
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body(call).encode()));
        assertThat(wrong(api.send(request))).as(call.id()).containsExactly("Idempotency-Key");
      }
    }
  }

  private static JsonObject body(ContractOperation call) {
    return switch (call.id()) {
      case "createSubscription" -> new JsonObject().put("email", "ann@home.example");
      case "createNewsletter" -> fields("2032-09");
      case "createCase" ->
          new JsonObject()
              .put("name", "Ilyas Voren")
              .put("country", "XN")
              .put("profession", "2211")
              .put("summary", "Arrested at the hospital");
      case "createEndpoint" ->
          new JsonObject()
              .put("url", "https://hooks.example.org/")
              .put("scope", "public")
              .put("types", new JsonArray().add("newsletter.published"))
              .put("description", "The academy's website")
              .put("contact_email", "web@academy.example");
      case "createAlert", "createUpdate" -> AlertCalls.draft();
      default -> throw new AssertionError("say what " + call.id() + " takes");
    };
  }

  private static JsonObject draft(String month) {
    return api.post(EDITOR, "/newsletters", fields(month)).as(201);
  }

  private static JsonObject fields(String month) {
    return new JsonObject()
        .put("month", month)
        .put("subject", "News")
        .put("body_markdown", "The **news**.")
        .put("topics", topics("newsletter"));
  }

  private static JsonArray topics(String one) {
    return new JsonArray().add(one);
  }

  private static JsonArray field(String name, String message) {
    return new JsonArray().add(new JsonObject().put("field", name).put("message", message));
  }

  @Test
  void theRuleThatWasBrokenIsTold() {
    Told told =
        api.post(
            EDITOR,
            "/newsletters",
            fields("June").put("subject", "x".repeat(201)).put("topics", "torture").put("cc", "x"));
    assertThat(told.as(422).getJsonArray("errors"))
        .containsExactly(
            error("month", "This is not of the form that the contract gives for it"),
            error("subject", "At most 200 characters"),
            error("topics", "This must be of type array"),
            error("cc", "There is no such field"));
  }

  private static JsonObject error(String field, String message) {
    return new JsonObject().put("field", field).put("message", message);
  }

  private static List<String> wrong(Told told) {
    JsonArray errors = told.as(422).getJsonArray("errors");
    assertThat(errors).as(told.body().encode()).isNotNull();
    return errors.stream().map(error -> ((JsonObject) error).getString("field")).toList();
  }
}
