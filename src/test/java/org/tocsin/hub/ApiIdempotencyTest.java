package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tocsin.testing.ApiClient;
import org.tocsin.testing.ApiClient.Told;
import org.tocsin.testing.ContractCheck;
import org.tocsin.testing.ContractOperation;
import org.tocsin.testing.CreationLog;
import org.tocsin.testing.Receiver;
import org.tocsin.testing.RunningHub;

/**
 * Whatever a POST creates is created once for a key, and together with the answer that is kept: a
 * database that goes away between the two leaves neither.
 */
@ExtendWith(VertxExtension.class)
class ApiIdempotencyTest {
  private static Receiver receiver;
  private static ContractCheck contract;
  private static RunningHub hub;
  private static ApiClient api;
  private static CreationLog log;
  private static int number;

  /** What is created below something that was made for this test. */
  private static String about = "";

  @BeforeAll
  static void start(Vertx vertx) {
    receiver = Receiver.answering(vertx, asked -> asked.response().end());
    contract = new ContractCheck(vertx);
    hub = RunningHub.start();
    api = new ApiClient(hub, contract);
    log = CreationLog.over(hub.database);
  }

  @AfterAll
  static void close() {
    hub.close();
  }

  @BeforeEach
  void another() {
    number++;
    log.clear();
  }

  /** Every operation that creates. */
  private enum Creation {
    createNewsletter("newsletter_editor", "/newsletters", 201, "subject"),
    createCase("case_officer", "/cases", 201, "summary"),
    createAlert("case_officer", "", 201, "happened"),
    createUpdate("case_officer", "", 201, "happened"),
    createEndpoint("integration_admin", "/endpoints", 201, "description"),
    createSubscription(ApiClient.NOBODY, "/subscriptions", 202, "email");

    private final String role;
    private final String path;
    private final int status;
    private final String field;

    Creation(String role, String path, int status, String field) {
      this.field = field;
      this.role = role;
      this.path = path;
      this.status = status;
    }

    JsonObject body() {
      return switch (this) {
        case createNewsletter ->
            new JsonObject()
                .put("month", "%d-%02d".formatted(2033 + number / 12, number % 12 + 1))
                .put("subject", "News")
                .put("body_markdown", "The **news**.")
                .put("topics", new JsonArray().add("newsletter"));
        case createCase ->
            new JsonObject()
                .put("name", "Canary " + number)
                .put("country", "XN")
                .put("profession", "2211")
                .put("summary", "Detained at work.");
        case createEndpoint ->
            new JsonObject()
                .put("url", receiver.url())
                .put("scope", "public")
                .put("types", new JsonArray().add("newsletter.published"))
                .put("description", "Endpoint " + number)
                .put("contact_email", "web@academy.example");
        case createAlert, createUpdate -> {
          AlertCalls alerts = new AlertCalls(api);
          about =
              this == createAlert
                  ? "/cases/" + alerts.caseToTellOf() + "/alerts"
                  : alerts.released() + "/updates";
          log.clear();
          yield AlertCalls.draft();
        }
        case createSubscription -> new JsonObject().put("email", "ann" + number + "@home.example");
      };
    }

    HttpRequest.Builder request(String key, String body) {
      return api.json(role, path.isEmpty() ? about : path)
          .header("Idempotency-Key", key)
          .POST(BodyPublishers.ofString(body));
    }

    Told post(String key, JsonObject body) {
      return api.send(request(key, body.encode()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameKeyAndBodyGetTheSameAnswerAndCreateOneThing(Creation creation) {
    JsonObject body = creation.body();
    JsonObject first = creation.post("once", body).as(creation.status);
    assertThat(creation.post("once", body).as(creation.status)).isEqualTo(first);
    assertThat(log.created()).isEqualTo(1);
    Told other = creation.post("once", body.put(creation.field, "another@text.example"));
    assertThat(other.refused(422)).isEqualTo("idempotency_key_reused");
    assertThat(other.body().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo("Idempotency-Key");
    assertThat(log.created()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aDatabaseThatGoesAwayBeforeTheAnswerIsKeptLeavesNothing(Creation creation) {
    JsonObject body = creation.body();
    log.endSessionsThatKeepAnAnswer(true);
    assertThat(hub.door.send(creation.request("crash", body.encode())).statusCode()).isEqualTo(500);
    log.endSessionsThatKeepAnAnswer(false);
    assertThat(log.created()).isZero();
    JsonObject second = creation.post("crash", body).as(creation.status);
    assertThat(log.created()).isEqualTo(1);
    assertThat(creation.post("crash", body).as(creation.status)).isEqualTo(second);
    assertThat(log.created()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsRefusedLeavesTheKeyFree(Creation creation) {
    JsonObject body = creation.body();
    String choice = creation == Creation.createEndpoint ? "types" : "topics";
    JsonObject refused = body.copy().put(choice, new JsonArray().add("cats"));
    assertThat(creation.post("later", refused).refused(422)).isEqualTo("invalid");
    creation.post("later", body).as(creation.status);
    assertThat(log.created()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void ofManyAtOnceOneCreates(Creation creation) throws Exception {
    JsonObject body = creation.body();
    CountDownLatch start = new CountDownLatch(1);
    List<JsonObject> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Told>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(
            threads.submit(
                () -> {
                  start.await();
                  return creation.post("race", body);
                }));
      }
      start.countDown();
      for (Future<Told> one : all) {
        if (one.get().status() == creation.status) {
          done.add(one.get().body());
        } else {
          assertThat(one.get().refused(409)).isEqualTo("idempotency_in_progress");
        }
      }
    }
    assertThat(done).isNotEmpty().allSatisfy(told -> assertThat(told).isEqualTo(done.getFirst()));
    assertThat(log.created()).isEqualTo(1);
  }

  @Test
  void nothingThatCreatesIsLeftOutHere() {
    assertThat(contract.operations().stream().filter(ContractOperation::creates))
        .extracting(ContractOperation::id)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Creation.values()).map(Enum::name).toList());
  }
}
