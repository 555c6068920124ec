package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.testing.PublicWeb;
import org.tocsin.testing.Receiver;
import org.tocsin.testing.TestHub;

/**
 * Rules I1, I8 and I9: two hubs with the same keys and the same clock do the same in public, and
 * one of them leads a private life besides. What anybody can see of them is the same to the byte:
 * every page, feed, mark, length, header, id, cursor and event.
 *
 * <p>Not compared: the header webhook-signature, which is made with a random secret of the
 * endpoint's own.
 */
class NonInterferenceTest {
  private final Vertx vertx = Vertx.vertx();
  private final Receiver mirror =
      Receiver.answering(vertx, request -> request.response().setStatusCode(204).end());
  private final TestHub keys = new TestHub();

  /** The same in both: it stands in feeds and events. Past, as the database has its own clock. */
  private final Instant now =
      InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS).minus(1, ChronoUnit.HOURS);

  @AfterEach
  void close() {
    keys.close();
    vertx.close().await();
  }

  @Test
  void aPrivateLifeIsNotSeenFromOutside() {
    SequencedMap<String, String> quiet = live(false);
    SequencedMap<String, String> busy = live(true);
    assertThat(quiet).hasSizeGreaterThan(60);
    assertThat(busy.keySet()).containsExactlyElementsOf(quiet.keySet());
    Set<String> differing = new TreeSet<>();
    quiet.forEach(
        (what, seen) -> {
          if (!seen.equals(busy.get(what))) {
            differing.add(what);
          }
        });
    assertThat(differing).isEmpty();
    assertThat(busy).isEqualTo(quiet);
  }

  private SequencedMap<String, String> live(boolean privately) {
    int before = mirror.heard.size();
    try (PublicLife hub = new PublicLife(keys.keyring, now);
        PublicWeb web = new PublicWeb(hub.door())) {
      PrivateLife secret = new PrivateLife(hub.features, hub.folder());
      PublicObserver observer = new PublicObserver(web, hub.token("integration_admin"));
      if (privately) {
        secret.begin();
      }
      register(hub);
      observer.look("at first");
      release(hub, "2026-05", before);
      if (privately) {
        secret.alert();
      }
      hub.later();
      observer.look("after an issue");
      if (privately) {
        secret.stopAndWriteOn();
      }
      release(hub, "2026-06", before);
      observer.ask();
      hub.later();
      observer.look("after the next");
      assertThat(secret.told()).isEqualTo(privately ? 2 : 0);
      mirror.heard.stream()
          .skip(before)
          .filter(one -> one.body().contains("newsletter."))
          .forEach(one -> observer.heard(one));
      return observer.seen;
    }
  }

  private void register(PublicLife hub) {
    JsonObject draft =
        new JsonObject()
            .put("url", mirror.url())
            .put("scope", "public")
            .put("types", new JsonArray(List.of("newsletter.published")))
            .put("description", "A mirror")
            .put("contact_email", "mirror@academy.example");
    assertThat(hub.post("integration_admin", "/endpoints", draft).getString("state"))
        .isEqualTo("ACTIVE");
  }

  private void release(PublicLife hub, String month, int before) {
    JsonObject draft =
        new JsonObject()
            .put("month", month)
            .put("subject", "News of " + month)
            .put("body_markdown", "# Hello\n\nThe **news** of " + month + ".")
            .put("topics", new JsonArray().add("newsletter"));
    String path =
        "/newsletters/" + hub.post("newsletter_editor", "/newsletters", draft).getString("id");
    hub.post("newsletter_editor", path + "/submit", new JsonObject());
    hub.post("approver", path + "/approve", new JsonObject());
    hub.post("release_officer", path + "/release", new JsonObject());
    eventually(
        "the mirror hears of " + month,
        () ->
            mirror.heard.stream()
                .skip(before)
                .anyMatch(
                    one -> one.body().contains("newsletter.p") && one.body().contains(month)));
  }
}
