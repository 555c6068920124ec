package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.channels.webhook.WebhookSignature;
import org.tocsin.platform.database.ServerAddress;
import org.tocsin.testing.HubProcess;
import org.tocsin.testing.Receiver;
import org.tocsin.testing.StolenCopy;
import org.tocsin.testing.TestPostgres;

/**
 * A whole demonstration hub in a process of its own, from a sign-up to the last one-click leave.
 */
@ExtendWith(VertxExtension.class)
class WholeStoryTest {
  private static final String READER = "zeisig@canary-domain.example";
  private static final int DEMO_READERS = 400;

  /** The demonstration's own endpoints that listen to newsletters. */
  private static final int DEMO_LISTENERS = 2;

  private static final Duration SOON = Duration.ofMinutes(1);

  private Vertx vertx;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void begin(Vertx given) {
    vertx = given;
  }

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void aReaderSignsUpIsWrittenToAndLeavesWhileAMirrorIsTold(@TempDir Path folder) {
    ServerAddress database = TestPostgres.database();
    Receiver mirror =
        Receiver.answering(
            vertx, new HttpServerOptions(), request -> request.response().setStatusCode(204).end());
    try (HubProcess hub = new HubProcess(database, folder, Map.of()).start()) {
      signUp(hub);
      String secret = register(hub, mirror);

      JsonObject first = release(hub, "2026-11", "News of November");
      assertThat(ledger(hub, first, "email").getInteger("total")).isEqualTo(DEMO_READERS + 1);
      assertThat(ledger(hub, first, "email").getInteger("sent")).isEqualTo(DEMO_READERS + 1);
      assertThat(ledger(hub, first, "webhook").getInteger("sent")).isEqualTo(DEMO_LISTENERS + 1);
      assertThat(mailsTo(hub, READER, "News of November")).hasSize(1);
      theMirrorHeard(mirror, secret, hub.url("/newsletters/2026-11"));
      thePublicReads(hub, "/newsletters/2026-11", "News of November");
      thePublicReads(hub, "/feeds/newsletters.atom", "News of November");
      thePublicReads(hub, "/feeds/newsletters.json", "News of November");

      leaveInOneClick(mailsTo(hub, READER, "News of November").getFirst());
      JsonObject second = release(hub, "2026-12", "News of December");
      assertThat(ledger(hub, second, "email").getInteger("total")).isEqualTo(DEMO_READERS);
      assertThat(mailsTo(hub, READER, "News of December")).isEmpty();

      aThiefOfTheDatabaseLearnsNobody(database, hub);
      hub.stop();
      assertThat(hub.output())
          .contains("The hub is down")
          .doesNotContain(READER, "canary-domain", secret, hub.token("approver"));
    }
  }

  private void signUp(HubProcess hub) {
    assertThat(
            post(
                    hub.url("/api/v1/subscriptions"),
                    "application/json",
                    new JsonObject()
                        .put("email", READER)
                        .put("topics", new JsonArray().add("newsletter"))
                        .encode())
                .body())
        .isEqualTo("{\"message\":\"Success!\"}");
    eventually("the confirmation arrives", SOON, () -> !mailsTo(hub, READER, "").isEmpty());
    String link = link(mailsTo(hub, READER, "").getFirst(), "/confirm/");
    assertThat(get(link).statusCode()).isEqualTo(200);
    assertThat(post(link, "application/x-www-form-urlencoded", "").statusCode()).isEqualTo(200);
  }

  private static String register(HubProcess hub, Receiver mirror) {
    JsonObject endpoint =
        hub.post(
            "/api/v1/endpoints",
            "integration_admin",
            new JsonObject()
                .put("url", mirror.url())
                .put("scope", "public")
                .put("types", new JsonArray().add("newsletter.published"))
                .put("description", "A mirror of the archive")
                .put("contact_email", "mirror@academy.example"));
    assertThat(endpoint.getString("state")).isEqualTo("ACTIVE");
    return endpoint.getString("secret");
  }

  /** The ids of its broadcasts, once everybody is accounted for. */
  private static JsonObject release(HubProcess hub, String month, String subject) {
    JsonObject draft =
        hub.post(
            "/api/v1/newsletters",
            "newsletter_editor",
            new JsonObject()
                .put("month", month)
                .put("subject", subject)
                .put("body_markdown", "# Hello\n\nThe **news**.")
                .put("topics", new JsonArray().add("newsletter")));
    String path = "/api/v1/newsletters/" + draft.getString("id");
    hub.post(path + "/submit", "newsletter_editor", new JsonObject());
    hub.post(path + "/approve", "approver", new JsonObject());
    JsonObject broadcasts =
        hub.post(path + "/release", "release_officer", new JsonObject())
            .getJsonObject("broadcasts");
    for (String channel : List.of("email", "webhook")) {
      eventually(
          "the " + channel + " broadcast is complete",
          SOON,
          () -> ledger(hub, broadcasts, channel).getString("state").equals("COMPLETED"));
    }
    return broadcasts;
  }

  private static JsonObject ledger(HubProcess hub, JsonObject broadcasts, String channel) {
    return hub.get("/api/v1/broadcasts/" + broadcasts.getString(channel), "auditor");
  }

  private List<JsonObject> mailsTo(HubProcess hub, String recipient, String subject) {
    return new JsonObject(get(hub.url("/dev/mailbox/messages?to=" + recipient)).body())
        .getJsonArray("items").stream()
            .map(JsonObject.class::cast)
            .filter(mail -> mail.getString("subject").contains(subject))
            .toList();
  }

  private static String link(JsonObject mail, String path) {
    Matcher link =
        Pattern.compile("http://localhost:\\d+" + path + "\\S+").matcher(mail.getString("text"));
    assertThat(link.find()).as("a link to " + path).isTrue();
    return link.group();
  }

  private static void theMirrorHeard(Receiver mirror, String secret, String url) {
    Receiver.Heard told =
        mirror.heard.stream()
            .filter(heard -> heard.body().contains("newsletter.published"))
            .findFirst()
            .orElseThrow();
    assertThat(
            WebhookSignature.verify(
                List.of(secret),
                told.header(WebhookSignature.ID_HEADER),
                told.header(WebhookSignature.TIMESTAMP_HEADER),
                told.header(WebhookSignature.SIGNATURE_HEADER),
                told.body().getBytes(StandardCharsets.UTF_8),
                Instant.ofEpochSecond(
                    Long.parseLong(told.header(WebhookSignature.TIMESTAMP_HEADER)))))
        .isEqualTo(WebhookSignature.Verdict.GENUINE);
    assertThat(new JsonObject(told.body()).getJsonObject("data").getString("url")).isEqualTo(url);
  }

  private void thePublicReads(HubProcess hub, String path, String words) {
    HttpResponse<String> page = get(hub.url(path));
    assertThat(page.statusCode()).as(path).isEqualTo(200);
    assertThat(page.body()).as(path).contains(words);
  }

  /** RFC 8058: what a mail program posts to the address of the header, without a cookie. */
  private void leaveInOneClick(JsonObject mail) {
    JsonObject headers = mail.getJsonObject("headers");
    assertThat(headers.getJsonArray("List-Unsubscribe-Post").getString(0))
        .isEqualTo("List-Unsubscribe=One-Click");
    Matcher url =
        Pattern.compile("<(http[^>]+)>")
            .matcher(headers.getJsonArray("List-Unsubscribe").getString(0));
    assertThat(url.find()).isTrue();
    assertThat(
            post(url.group(1), "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click")
                .statusCode())
        .isEqualTo(200);
  }

  private void aThiefOfTheDatabaseLearnsNobody(ServerAddress database, HubProcess hub) {
    StolenCopy copy = StolenCopy.of(database);
    assertThat(copy.tables()).contains("people.subscriber", "access.staff", "network.endpoint");
    assertThat(copy.shows("News of December")).isTrue();
    for (Object mail :
        new JsonObject(get(hub.url("/dev/mailbox/messages?limit=500")).body())
            .getJsonArray("items")) {
      assertThat(copy.shows(((JsonObject) mail).getString("to"))).isFalse();
    }
    assertThat(copy.shows(READER)).isFalse();
    assertThat(copy.shows("mirror@academy.example")).isFalse();
    assertThat(copy.shows("Petrović")).isFalse();
  }

  private HttpResponse<String> get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).GET());
  }

  private HttpResponse<String> post(String url, String type, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(SOON).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }
}
