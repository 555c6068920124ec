package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.testing.FrontDoor;
import org.tocsin.testing.HubProcess;
import org.tocsin.testing.SmtpSink;
import org.tocsin.testing.TestPostgres;

/** Health, metrics and log of a real hub, from its start through a send to its end. */
class OperatorsViewTest {
  private static final String SECRET_NAME = "quetzalcoatl";

  @Test
  void operatorsSeeTheSendAndNobodysAddress(@TempDir Path folder) throws IOException {
    try (SmtpSink relay = new SmtpSink().start();
        HubProcess hub = new HubProcess(TestPostgres.database(), folder, settings(relay))) {
      subscribe(hub, folder);
      hub.start();
      assertThat(hub.management("/health/ready").statusCode()).isEqualTo(200);
      hub.post(
          "/api/v1/endpoints",
          "integration_admin",
          new JsonObject()
              .put("url", "http://127.0.0.1:1/" + SECRET_NAME)
              .put("scope", "public")
              .put("types", new JsonArray().add("newsletter.published"))
              .put("description", SECRET_NAME)
              .put("contact_email", "who@" + SECRET_NAME + ".example"));
      hub.post(
          "/api/v1/subscriptions",
          "auditor",
          new JsonObject()
              .put("email", "new@" + SECRET_NAME + ".example")
              .put("topics", new JsonArray().add("newsletter")));
      release(hub);
      eventually(
          "the newsletter is counted",
          () ->
              metrics(hub)
                  .contains(
                      "tocsin_deliveries_total{channel=\"email\",lane=\"bulk\",outcome=\"sent\"}"
                          + " 40.0"));
      eventually(
          "the confirmation is counted",
          () ->
              metrics(hub)
                  .contains(
                      "tocsin_deliveries_total{channel=\"email\",lane=\"transactional\",outcome=\"sent\"}"
                          + " 1.0"));
      assertThat(metrics(hub))
          .contains("tocsin_segments_claimed_total{channel=\"email\",lane=\"bulk\"} 1.0")
          .contains("tocsin_watermark_age_seconds{channel=\"email\",lane=\"bulk\"} ")
          .contains("tocsin_segments_oldest_ready_seconds{channel=\"webhook\",lane=\"urgent\"} ")
          .contains("tocsin_sign_ups_postponed_total 0.0")
          .contains("tocsin_sign_ups_refused_total{reason=\"network\"} 0.0")
          .contains("tocsin_sign_ups_refused_total{reason=\"honeypot\"} 0.0")
          .contains("tocsin_sign_ups_refused_total{reason=\"too_fast\"} 0.0")
          .contains("tocsin_sign_ups_refused_total{reason=\"spent\"} 0.0")
          .contains("tocsin_applications_postponed_total 0.0")
          .contains("tocsin_applications_refused_total{reason=\"network\"} 0.0")
          .contains("tocsin_forwarded_unnamed_total 0.0")
          .doesNotContain(SECRET_NAME)
          .doesNotContain(".example")
          .doesNotContain("Newsworthy");

      assertThat(metrics(hub)).contains("tocsin_relay_up 1.0");
      everyPageSaysThatMailLeaves(hub);

      hub.door().send(hub.door().request("/subscribe").header("X-Forwarded-For", "198.51.100.7"));
      assertThat(metrics(hub)).contains("tocsin_forwarded_unnamed_total 1.0");

      relay.stop();
      hub.door()
          .send(
              hub.door()
                  .form(
                      "/subscribe",
                      "email",
                      "late@" + SECRET_NAME + ".example",
                      "topics",
                      "newsletter"));
      eventually(
          "what the relay does is counted by where and how",
          () ->
              metrics(hub)
                  .contains("tocsin_relay_faults_total{kind=\"unreachable\",stage=\"connect\"} "));
      eventually("readiness ends", () -> hub.management("/health/ready").statusCode() == 503);
      assertThat(hub.management("/health/ready").body())
          .contains("connect unreachable: Nothing answers at smtp.host and smtp.port.")
          .contains("\"database\"")
          .contains("\"sending\"");
      assertThat(hub.management("/health/live").statusCode()).isEqualTo(200);

      hub.stop();
      String log = hub.output().lines().filter(line -> line.startsWith("{")).toList().toString();
      assertThat(log).contains("\"message\":\"The hub is up\"", "\"message\":\"The hub is down\"");
      assertThat(log)
          .as("behind https stands a proxy, and none is named")
          .contains("http.public_url is https, so a proxy stands before the hub");
      assertThat(log).as("a quiet end").doesNotContain("\"level\":\"ERROR\"");
      assertThat(log).doesNotContain(SECRET_NAME).doesNotContain("@").doesNotContain("tok_");
      for (String line : hub.output().lines().filter(line -> line.startsWith("{")).toList()) {
        assertThat(new JsonObject(line).fieldNames())
            .contains("time", "level", "logger", "message");
      }
    }
  }

  /** A demonstration that has a relay: nobody may think that its mail is caught. */
  private static void everyPageSaysThatMailLeaves(HubProcess hub) {
    FrontDoor door = hub.door();
    for (String page :
        List.of(
            "/",
            "/subscribe",
            "/desk/sign-in",
            "/portal/sign-in",
            "/correspondents/apply",
            "/dev/mailbox",
            "/nothing/here",
            "/desk/nothing/here",
            "/u/nothing")) {
      assertThat(door.send(door.request(page).header("Accept", "text/html")).body())
          .as(page)
          .contains("mail really leaves this machine")
          .doesNotContain("no mail leaves this machine");
    }
  }

  private static Map<String, String> settings(SmtpSink relay) {
    return Map.of(
        "TOCSIN_LOG_FORMAT", "json",
        "TOCSIN_HTTP_PUBLIC_URL", "https://tocsin.example",
        "TOCSIN_SMTP_HOST", "localhost",
        "TOCSIN_SMTP_PORT", "" + relay.port(),
        "TOCSIN_SMTP_TLS", "disabled");
  }

  private static String metrics(HubProcess hub) {
    return hub.management("/metrics").body();
  }

  private static void subscribe(HubProcess hub, Path folder) throws IOException {
    StringBuilder file = new StringBuilder("email,name\n");
    for (int n = 1; n <= 40; n++) {
      file.append("reader%d@%s.example,Reader\n".formatted(n, SECRET_NAME));
    }
    Path csv = Files.writeString(folder.resolve("readers.csv"), file);
    hub.run(
        "import",
        "subscribers",
        csv.toString(),
        "--topics",
        "newsletter",
        "--consent-source",
        "test");
  }

  private static void release(HubProcess hub) {
    String id =
        hub.post(
                "/api/v1/newsletters",
                "newsletter_editor",
                new JsonObject()
                    .put("month", "2026-12")
                    .put("subject", "Newsworthy")
                    .put("body_markdown", "# Hello\n\nThe **news**.")
                    .put("topics", new JsonArray(List.of("newsletter"))))
            .getString("id");
    hub.post("/api/v1/newsletters/" + id + "/submit", "newsletter_editor", new JsonObject());
    hub.post("/api/v1/newsletters/" + id + "/approve", "approver", new JsonObject());
    hub.post("/api/v1/newsletters/" + id + "/release", "release_officer", new JsonObject());
  }
}
