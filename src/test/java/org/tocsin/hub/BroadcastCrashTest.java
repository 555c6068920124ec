package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.testing.HubProcess;
import org.tocsin.testing.SmtpSink;
import org.tocsin.testing.TestPostgres;

/**
 * A hub killed with SIGKILL in the middle of a broadcast and started again. The relay swears to
 * what it got: nobody is missed, nobody gets a newsletter twice by itself, and only who is listed
 * in doubt gets it twice when a person decides to send those again.
 */
class BroadcastCrashTest {
  private static final int SUBSCRIBERS = 3_000;

  @Test
  void aHubKilledInMidBroadcastMissesNobodyAndDoublesOnlyWhoIsInDoubt(@TempDir Path folder)
      throws IOException {
    try (SmtpSink relay = new SmtpSink().start();
        HubProcess hub =
            new HubProcess(
                TestPostgres.database(),
                folder,
                Map.of(
                    "TOCSIN_SMTP_HOST",
                    "localhost",
                    "TOCSIN_SMTP_PORT",
                    "" + relay.port(),
                    "TOCSIN_SMTP_TLS",
                    "disabled"))) {
      Set<String> everybody = subscribe(hub, folder);
      hub.start();
      relay.takeOnly(700);
      String broadcast = release(hub);
      eventually("some are sent", Duration.ofMinutes(1), () -> relay.count() >= 700);
      hub.kill();
      relay.takeAll();
      hub.start();
      eventually(
          "the broadcast is complete",
          Duration.ofMinutes(2),
          () -> state(hub, broadcast).getString("state").equals("COMPLETED"));

      JsonObject ledger = state(hub, broadcast);
      Set<String> doubtful = deliveries(hub, broadcast, "in_doubt");
      assertThat(ledger.getInteger("total")).isEqualTo(SUBSCRIBERS);
      assertThat(ledger.getInteger("in_doubt")).isEqualTo(doubtful.size()).isBetween(1, 256);
      assertThat(ledger.getInteger("sent")).isEqualTo(SUBSCRIBERS - doubtful.size());
      assertThat(relay.recipients())
          .allSatisfy(who -> assertThat(relay.messagesOf(who)).hasSize(1));

      hub.post(
          "/api/v1/broadcasts/" + broadcast + "/resend-in-doubt",
          "newsletter_editor",
          new JsonObject());
      eventually(
          "the second turn is complete",
          Duration.ofMinutes(2),
          () -> state(hub, broadcast).getInteger("sent") == SUBSCRIBERS);
      assertThat(relay.recipients()).isEqualTo(everybody);
      Set<String> doubled = new HashSet<>();
      for (String who : relay.recipients()) {
        List<String> messages = relay.messagesOf(who);
        assertThat(new HashSet<>(messages)).as("one delivery, one Message-ID").hasSize(1);
        if (messages.size() > 1) {
          doubled.add(messages.getFirst());
        }
      }
      assertThat(doubtful).containsAll(doubled);
    }
  }

  private static Set<String> subscribe(HubProcess hub, Path folder) throws IOException {
    List<String> addresses =
        IntStream.rangeClosed(1, SUBSCRIBERS)
            .mapToObj(n -> "reader" + n + "@letters.example")
            .toList();
    Path file = folder.resolve("readers.csv");
    Files.writeString(
        file,
        "email,name\n"
            + addresses.stream().map(a -> a + ",Reader").collect(Collectors.joining("\n"))
            + "\n");
    hub.run(
        "import",
        "subscribers",
        file.toString(),
        "--topics",
        "newsletter",
        "--consent-source",
        "test");
    return Set.copyOf(addresses);
  }

  private static String release(HubProcess hub) {
    JsonObject draft =
        hub.post(
            "/api/v1/newsletters",
            "newsletter_editor",
            new JsonObject()
                .put("month", "2026-12")
                .put("subject", "News of December")
                .put("body_markdown", "# Hello\n\nThe **news**.")
                .put("topics", new JsonArray().add("newsletter")));
    String id = draft.getString("id");
    hub.post("/api/v1/newsletters/" + id + "/submit", "newsletter_editor", new JsonObject());
    hub.post("/api/v1/newsletters/" + id + "/approve", "approver", new JsonObject());
    return hub.post("/api/v1/newsletters/" + id + "/release", "release_officer", new JsonObject())
        .getString("broadcast");
  }

  private static JsonObject state(HubProcess hub, String broadcast) {
    return hub.get("/api/v1/broadcasts/" + broadcast, "auditor");
  }

  private static Set<String> deliveries(HubProcess hub, String broadcast, String state) {
    JsonObject page =
        hub.get(
            "/api/v1/broadcasts/" + broadcast + "/deliveries?limit=500&state=" + state, "auditor");
    return page.getJsonArray("items").stream()
        .map(item -> ((JsonObject) item).getString("id"))
        .collect(Collectors.toSet());
  }
}
