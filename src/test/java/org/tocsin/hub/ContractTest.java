package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.ApiClient.NOBODY;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.testing.ApiClient;
import org.tocsin.testing.ContractCheck;
import org.tocsin.testing.Receiver;
import org.tocsin.testing.RunningHub;
import org.tocsin.testing.TestPostgres;

/**
 * A script walks through all that the API can do on a whole hub; every answer is held against
 * openapi.yaml, and no operation of it may be left out.
 */
@ExtendWith(VertxExtension.class)
class ContractTest {
  private static final String EDITOR = "newsletter_editor";
  private static final String APPROVER = "approver";
  private static final String OFFICER = "release_officer";
  private static final String ADMIN = "integration_admin";
  private static final String MEMBERSHIP = "membership_officer";
  private static final String AUDITOR = "auditor";
  private static final int GONE = 410;

  private static Vertx vertx;
  private static ContractCheck contract;
  private static RunningHub hub;
  private static ApiClient api;

  @BeforeAll
  static void start(Vertx given) {
    vertx = given;
    contract = new ContractCheck(given);
    hub = RunningHub.start();
    api = new ApiClient(hub, contract);
  }

  @AfterAll
  static void close() {
    hub.close();
  }

  @Test
  void everyOperationAnswersWhatTheContractPromises() throws SQLException {
    AtomicInteger status = new AtomicInteger(200);
    Receiver receiver =
        Receiver.answering(vertx, asked -> asked.response().setStatusCode(status.get()).end());
    String endpoint = register(receiver).getString("id");
    register(receiver);
    status.set(GONE);
    assertThat(api.get(ADMIN, "/endpoints/" + endpoint).as(200).getString("state"))
        .isEqualTo("ACTIVE");
    confirmAnother(receiver);
    pages(ADMIN, "/endpoints");

    pages(MEMBERSHIP, "/subscriptions");
    subscribe();
    eventually(
        "who signed up is listed, and waits",
        () ->
            items(MEMBERSHIP, "/subscriptions?limit=1")
                .getJsonObject(0)
                .getString("state")
                .equals("pending"));

    takeIn();

    alertIn();

    JsonObject released = release(reviewed("2031-01"), new JsonObject());
    JsonObject ids = released.getJsonObject("broadcasts");
    assertThat(released.getString("broadcast")).isEqualTo(ids.getString("email"));
    pages(AUDITOR, "/newsletters");
    ended(ids.getString("email"));
    ended(ids.getString("webhook"));
    pages(AUDITOR, "/broadcasts");
    assertThat(recipientsByMail()).as("nobody is known again elsewhere").doesNotHaveDuplicates();
    pages(AUDITOR, "/broadcasts/" + ids.getString("email") + "/deliveries");
    assertThat(
            items(AUDITOR, "/broadcasts/" + ids.getString("webhook") + "/deliveries").stream()
                .map(one -> ((JsonObject) one).getString("recipient")))
        .as("a partner is known by its endpoint")
        .contains(endpoint);
    tryAgain(ids.getString("webhook"));
    eventually("events are listed", () -> !items(ADMIN, "/events").isEmpty());

    control(
        release(reviewed("2031-02"), new JsonObject().put("not_before", inAnHour()))
            .getString("broadcast"));
    holdEverything();
    assertThat(contract.unexercised()).isEmpty();
  }

  private JsonObject register(Receiver receiver) {
    return api.post(
            ADMIN,
            "/endpoints",
            new JsonObject()
                .put("url", receiver.url())
                .put("scope", "public")
                .put("types", new JsonArray().add("newsletter.published"))
                .put("description", "The academy's website")
                .put("contact_email", "web@academy.example"))
        .as(201);
  }

  private List<String> recipientsByMail() {
    return items(AUDITOR, "/broadcasts?limit=100").stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("channel").equals("email"))
        .flatMap(
            one ->
                items(AUDITOR, "/broadcasts/" + one.getString("id") + "/deliveries?limit=500")
                    .stream())
        .map(one -> ((JsonObject) one).getString("recipient"))
        .toList();
  }

  private void confirmAnother(Receiver receiver) {
    JsonObject draft =
        new JsonObject()
            .put("url", receiver.url())
            .put("scope", "network")
            .put("types", new JsonArray().add("alert.issued"))
            .put("description", "An academy's desk")
            .put("contact_email", "desk@academy.example");
    JsonObject registered = api.post(ADMIN, "/endpoints", draft).as(201);
    assertThat(registered.getString("state")).isEqualTo("REGISTERED");
    String confirm = "/endpoints/" + registered.getString("id") + "/confirm";
    assertThat(api.post(ADMIN, confirm).refused(403)).isEqualTo("same_person");
    api.post(APPROVER, confirm).as(200);
  }

  private void takeIn() {
    JsonObject taken =
        api.post(
                "case_officer",
                "/cases",
                new JsonObject()
                    .put("name", "Ilyas Voren")
                    .put("country", "XN")
                    .put("profession", "2211")
                    .put("summary", "Arrested at the hospital"))
            .as(201);
    assertThat(api.get(APPROVER, "/cases/" + taken.getString("id")).as(200)).isEqualTo(taken);
    assertThat(items(APPROVER, "/cases?limit=1").getJsonObject(0)).isEqualTo(taken);
    assertThat(api.get(EDITOR, "/cases/" + taken.getString("id")).refused(403))
        .isEqualTo("role_missing");
    pages(APPROVER, "/cases");
  }

  /** An alert the whole way: sent back, held, let go on by two, updated, and stopped by anybody. */
  private void alertIn() {
    AlertCalls alerts = new AlertCalls(api);
    String bare =
        "/alerts/"
            + api.post(
                    AlertCalls.WRITER,
                    "/cases/" + alerts.caseToTellOf() + "/alerts",
                    AlertCalls.draft().put("letters", new JsonArray()))
                .as(201)
                .getString("id");
    assertThat(api.post(AlertCalls.WRITER, bare + "/submit").refused(422))
        .isEqualTo("confirmation_needed");
    JsonObject meant = new JsonObject().put("confirm", new JsonArray().add("no_letters"));
    assertThat(api.post(AlertCalls.WRITER, bare + "/submit", meant).as(200).getString("state"))
        .isEqualTo("in_review");
    String alert = alerts.created();
    int version = api.get(APPROVER, alert).as(200).getInteger("version");
    api.put(AlertCalls.WRITER, alert, AlertCalls.draft().put("version", version)).as(200);
    api.post(AlertCalls.WRITER, alert + "/submit").as(200);
    api.post(APPROVER, alert + "/reject", new JsonObject().put("reason", "A date")).as(200);
    api.post(AlertCalls.WRITER, alert + "/submit").as(200);
    JsonObject approved = api.post(APPROVER, alert + "/approve").as(200);
    assertThat(approved.getString("state")).isEqualTo("approved");
    assertThat(api.post(OFFICER, alert + "/approve").refused(403)).isEqualTo("role_missing");
    JsonObject held = api.post(AUDITOR, alert + "/hold").as(200);
    assertThat(held.getString("state")).isEqualTo("held");
    assertThat(held.encode()).doesNotContain("fair trial");
    assertThat(api.get(AUDITOR, alert).refused(403)).isEqualTo("role_missing");
    api.post(APPROVER, alert + "/resume").as(200);
    assertThat(api.post(APPROVER, alert + "/resume").refused(409))
        .isEqualTo("second_person_needed");
    assertThat(api.post(OFFICER, alert + "/resume").as(200).getString("state"))
        .isEqualTo("approved");
    assertThat(alerts.release(alert, 0).getJsonObject("broadcasts").fieldNames())
        .containsExactly("email", "webhook");

    JsonObject update = api.post(AlertCalls.WRITER, alert + "/updates", AlertCalls.draft()).as(201);
    assertThat(update.getString("type")).isEqualTo("update");
    assertThat(update.getJsonArray("references")).containsExactly(approved.getString("id"));
    assertThat(items(APPROVER, alert + "/updates")).containsExactly(update);
    String about = "/cases/" + update.getString("case") + "/alerts";
    assertThat(items(APPROVER, about).getJsonObject(0)).isEqualTo(update);
    pages(APPROVER, "/alerts");
    JsonObject stopped =
        api.post(AUDITOR, alert + "/stop", new JsonObject().put("reason", "released")).as(200);
    assertThat(stopped.getString("state")).isEqualTo("stopped");
    assertThat(stopped.getString("stop_reason")).as("not for who reads no cases").isNull();
    assertThat(api.get(APPROVER, alert).as(200).getString("stop_reason")).isEqualTo("released");
    assertThat(
            api.post(APPROVER, alert + "/stop", new JsonObject().put("reason", "error"))
                .as(200)
                .getString("stop_reason"))
        .isEqualTo("released");
    assertThat(api.post(EDITOR, alert + "/stop/confirm").as(200).getBoolean("stop_confirmed"))
        .isTrue();
    assertThat(
            api.post(AUDITOR, alert + "/stop", new JsonObject().put("reason", "rumour"))
                .refused(422))
        .isEqualTo("invalid");
    String other = alerts.released();
    JsonObject outcome = new JsonObject().put("outcome", "Acquitted");
    assertThat(api.post(AlertCalls.WRITER, other + "/close", outcome).as(200).getString("state"))
        .isEqualTo("closed");
  }

  private void subscribe() {
    JsonObject wish =
        new JsonObject()
            .put("email", "quynh@science-park.example")
            .put("topics", new JsonArray().add("newsletter"));
    JsonObject unknown = api.post(NOBODY, "/subscriptions", wish).as(202);
    JsonObject known =
        api.post(NOBODY, "/subscriptions", wish.put("email", "reader.1@letters.example")).as(202);
    assertThat(known).isEqualTo(unknown).isEqualTo(new JsonObject().put("message", "Success!"));
  }

  /** An issue that went the long way round: written again, sent back, and approved at last. */
  private String reviewed(String month) {
    JsonObject draft = draft(month);
    String id = api.post(EDITOR, "/newsletters", draft).as(201).getString("id");
    String path = "/newsletters/" + id;
    int version = api.get(AUDITOR, path).as(200).getInteger("version");
    draft.put("subject", "Better news").put("preheader", "In short").put("version", version);
    api.put(EDITOR, path, draft).as(200);
    api.post(EDITOR, path + "/submit").as(200);
    api.post(APPROVER, path + "/reject", new JsonObject().put("reason", "A date is wrong")).as(200);
    api.post(EDITOR, path + "/submit").as(200);
    assertThat(api.post(APPROVER, path + "/approve").as(200).getString("state"))
        .isEqualTo("approved");
    return path;
  }

  private static JsonObject draft(String month) {
    return new JsonObject()
        .put("month", month)
        .put("subject", "News")
        .put("body_markdown", "# Hello\n\nThe **news**.")
        .put("topics", new JsonArray().add("newsletter"));
  }

  private JsonObject release(String path, JsonObject when) {
    return api.post(OFFICER, path + "/release", when).as(200);
  }

  private static String inAnHour() {
    return InstantSource.system().instant().plus(Duration.ofHours(1)).toString();
  }

  private void ended(String broadcast) {
    eventually(
        "the broadcast is complete",
        () ->
            api.get(AUDITOR, "/broadcasts/" + broadcast)
                .as(200)
                .getString("state")
                .equals("COMPLETED"));
  }

  /** Both endpoints refused; one of them is made doubtful, as a crash would have left it. */
  private void tryAgain(String broadcast) throws SQLException {
    try (Connection superuser = TestPostgres.superuser(hub.database);
        Statement statement = superuser.createStatement()) {
      statement.execute(
          """
          WITH one AS (UPDATE engine.outcome SET result = 'IN_DOUBT'
            WHERE (broadcast, ord) = (SELECT broadcast, min(ord) FROM engine.outcome
              WHERE result = 'FAILED' GROUP BY broadcast) RETURNING broadcast, segment)
          UPDATE engine.segment s SET failed = failed - 1, in_doubt = in_doubt + 1
          FROM one WHERE s.broadcast = one.broadcast AND s.no = one.segment
          """);
    }
    JsonObject ledger = api.get(AUDITOR, "/broadcasts/" + broadcast).as(200);
    assertThat(ledger.getInteger("failed")).isEqualTo(1);
    assertThat(ledger.getInteger("in_doubt")).isEqualTo(1);
    pages(AUDITOR, "/broadcasts/" + broadcast + "/deliveries");
    api.post(OFFICER, "/broadcasts/" + broadcast + "/retry-failed").as(200);
    ended(broadcast);
    api.post(OFFICER, "/broadcasts/" + broadcast + "/resend-in-doubt").as(200);
    ended(broadcast);
  }

  private void control(String broadcast) {
    String path = "/broadcasts/" + broadcast;
    for (String verb : new String[] {"/pause", "/resume", "/pause", "/cancel"}) {
      api.post(OFFICER, path + verb).as(200);
    }
    assertThat(api.post(OFFICER, path + "/resume").refused(409)).isEqualTo("not_resumed");
  }

  private void holdEverything() {
    String scheduled =
        release(reviewed("2031-03"), new JsonObject().put("not_before", inAnHour()))
            .getString("broadcast");
    String reviewed = reviewed("2031-04");
    assertThat(api.post(AUDITOR, "/hold").as(200).getBoolean("on")).isTrue();
    assertThat(api.get(OFFICER, "/broadcasts/" + scheduled).as(200).getString("state"))
        .isEqualTo("PAUSED");
    assertThat(api.post(OFFICER, reviewed + "/release", new JsonObject()).refused(409))
        .isEqualTo("everything_held");
    assertThat(api.post(OFFICER, "/broadcasts/" + scheduled + "/resume").refused(409))
        .isEqualTo("everything_held");
    assertThat(api.post(OFFICER, "/broadcasts/" + scheduled + "/cancel").refused(409))
        .as("nor ended for good by one of them")
        .isEqualTo("everything_held");
    assertThat(api.post(OFFICER, "/hold/resume").as(200).getBoolean("resume_asked")).isTrue();
    assertThat(api.post(OFFICER, "/hold/resume").refused(409)).isEqualTo("second_person_needed");
    assertThat(api.post("security_admin", "/hold/resume").as(200).getBoolean("on")).isFalse();
    assertThat(api.get(AUDITOR, "/hold").as(200).getString("since")).isNull();
    assertThat(api.get(OFFICER, "/broadcasts/" + scheduled).as(200).getString("state"))
        .isEqualTo("SNAPSHOTTING");
  }

  private JsonArray items(String role, String path) {
    return api.get(role, path).as(200).getJsonArray("items");
  }

  /** By one and one: what a page's {@code next} leads to is what follows it. */
  private void pages(String role, String path) {
    JsonArray all = items(role, path + "?limit=2");
    assertThat(all).as(path).hasSize(2);
    JsonObject first = api.get(role, path + "?limit=1").as(200);
    JsonObject second = api.get(role, path + "?limit=1&after=" + first.getString("next")).as(200);
    assertThat(first.getJsonArray("items").getValue(0)).as(path).isEqualTo(all.getValue(0));
    assertThat(second.getJsonArray("items").getValue(0)).as(path).isEqualTo(all.getValue(1));
    assertThat(api.get(role, path + "?after=nonsense").as(422).getJsonArray("errors"))
        .isEqualTo(
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("field", "after")
                        .put("message", "This is not a cursor of this list")));
  }
}
