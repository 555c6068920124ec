package org.tocsin.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.Lane;
import org.tocsin.broadcasts.Progress;
import org.tocsin.platform.errors.HubException.Invalid;

class EventsTest {
  private final NetworkFixture network = new NetworkFixture();
  private final Events events = network.events;

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void anEventIsAPayloadAndABroadcastOfItsRelease() {
    BroadcastId id = network.publish("June");
    Progress broadcast = network.broadcasts.find(id).orElseThrow();
    assertThat(broadcast.channel()).isEqualTo("webhook");
    assertThat(broadcast.lane()).isEqualTo(Lane.BULK);
    assertThat(broadcast.release()).isPresent();
    settle();
    Event event = poll(Optional.empty(), 10).getFirst();
    assertThat(event.payload())
        .isEqualTo(
            new JsonObject()
                .put("type", "newsletter.published")
                .put("timestamp", "2026-06-15T09:00:00Z")
                .put(
                    "data",
                    new JsonObject().put("title", "June").put("references", new JsonArray())));
  }

  @Test
  void whoPollsSeesEachEventOnceAndInOrder() {
    for (int i = 1; i <= 5; i++) {
      network.publish("Issue " + i);
    }
    settle();
    List<String> read = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    for (List<Event> page = poll(cursor, 2); !page.isEmpty(); page = poll(cursor, 2)) {
      page.forEach(event -> read.add(title(event)));
      cursor = Optional.of(page.getLast().id());
    }
    assertThat(read).containsExactly("Issue 1", "Issue 2", "Issue 3", "Issue 4", "Issue 5");
    assertThat(poll(cursor, 2)).isEmpty();
    network.publish("Issue 6");
    settle();
    assertThat(poll(cursor, 2)).extracting(EventsTest::title).containsExactly("Issue 6");
  }

  @Test
  void nothingIsSeenBeforeItsTimeAndThenInTheOrderOfThoseTimes() {
    network.publish("In an hour", Duration.ofHours(1));
    network.publish("In ten minutes", Duration.ofMinutes(10));
    network.publish("Now");
    settle();
    List<Event> page = poll(Optional.empty(), 10);
    assertThat(page).extracting(EventsTest::title).containsExactly("Now");
    Optional<String> cursor = Optional.of(page.getLast().id());
    network.hub.clock.advance(Duration.ofMinutes(10));
    assertThat(poll(cursor, 10)).extracting(EventsTest::title).containsExactly("In ten minutes");
    network.hub.clock.advance(Duration.ofHours(1));
    assertThat(poll(cursor, 10))
        .extracting(EventsTest::title)
        .containsExactly("In ten minutes", "In an hour");
  }

  @Test
  void anEventIsSettledForTwoSecondsBeforeItIsShown() {
    network.publish("June");
    assertThat(poll(Optional.empty(), 10)).isEmpty();
    network.hub.clock.advance(Duration.ofMillis(1_999));
    assertThat(poll(Optional.empty(), 10)).isEmpty();
    network.hub.clock.advance(Duration.ofMillis(1));
    assertThat(poll(Optional.empty(), 10)).hasSize(1);
  }

  @Test
  void aSlowCommitIsWaitedForAndNotSkipped() throws InterruptedException {
    CountDownLatch published = new CountDownLatch(1);
    CountDownLatch mayCommit = new CountDownLatch(1);
    long release = network.release();
    Thread slow =
        Thread.ofVirtual()
            .start(
                () ->
                    network.hub.hub.inTransaction(
                        tx -> {
                          events.publish(
                              tx,
                              network.issues,
                              NetworkFixture.newsletter("Slow"),
                              release,
                              network.hub.clock.instant());
                          published.countDown();
                          await(mayCommit);
                        }));
    assertThat(published.await(90, TimeUnit.SECONDS)).isTrue();
    network.hub.clock.advance(Duration.ofMinutes(1));
    AtomicReference<List<Event>> read = new AtomicReference<>(List.of());
    Thread reader = Thread.ofVirtual().start(() -> read.set(poll(Optional.empty(), 10)));
    eventually(
        "the reader waits for the publisher",
        () ->
            network.hub.hub.get(
                    "SELECT count(*) AS n FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid"
                        + " FROM pg_stat_activity WHERE datname = current_database())",
                    row -> row.getLong("n"))
                > 0);
    mayCommit.countDown();
    slow.join();
    reader.join();
    assertThat(read.get()).extracting(EventsTest::title).containsExactly("Slow");
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(90, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody let the commit go on");
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void aCursorOfAnotherListIsRefused() {
    network.publish("June");
    settle();
    String id = poll(Optional.empty(), 10).getFirst().id();
    for (String cursor :
        List.of(
            "",
            "abc",
            network.hub.keyring.ids().encode("event.public", 99),
            network.hub.keyring.ids().encode("broadcast", 1))) {
      assertThatThrownBy(() -> poll(Optional.of(cursor), 10))
          .isInstanceOfSatisfying(
              Invalid.class,
              invalid -> assertThat(invalid.fields().getFirst().name()).isEqualTo("after"));
    }
    assertThatThrownBy(() -> events.after(Scope.NETWORK, Optional.of(id), 10))
        .as("a cursor is of its scope")
        .isInstanceOf(Invalid.class);
  }

  @Test
  void aCursorBeforeItsTimeTellsNothing() {
    network.publish("Later", Duration.ofHours(1));
    String guessed = network.hub.keyring.ids().encode("event.public", 1);
    assertThatThrownBy(() -> poll(Optional.of(guessed), 10)).isInstanceOf(Invalid.class);
  }

  @Test
  void whatHappensInOneScopeDoesNotShowInAnother() {
    network.publish("One");
    settle();
    String first = poll(Optional.empty(), 10).getFirst().id();
    long release = network.release();
    network.hub.hub.inTransaction(
        tx ->
            events.publish(
                tx,
                network.issues,
                new EventDraft(
                    Scope.NETWORK,
                    EventType.ALERT_ISSUED,
                    "K7Q2-M9XD",
                    new JsonObject().put("id", "k7q2").put("url", "https://alerts.example/k7q2")),
                release,
                network.hub.clock.instant()));
    network.publish("Two");
    settle();
    List<Event> page = poll(Optional.empty(), 10);
    assertThat(page).extracting(EventsTest::title).containsExactly("One", "Two");
    assertThat(page.getFirst().id()).isEqualTo(first);
    assertThat(page.getLast().id()).isEqualTo(network.hub.keyring.ids().encode("event.public", 2));
    assertThat(events.after(Scope.NETWORK, Optional.empty(), 10)).hasSize(1);
  }

  @Test
  void aboveThePublicScopeAnEventIsThin() {
    assertThatThrownBy(
            () ->
                new EventDraft(
                    Scope.NETWORK,
                    EventType.ALERT_ISSUED,
                    "K7Q2-M9XD",
                    new JsonObject().put("name", "x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new EventDraft(Scope.PUBLIC, EventType.ALERT_ISSUED, "K7Q2-M9XD", new JsonObject()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsRecalledBeforeItsTimeIsNeverSeen() {
    long release = network.release();
    for (Duration later : List.of(Duration.ZERO, Duration.ofHours(1))) {
      network.hub.hub.inTransaction(
          tx ->
              events.publish(
                  tx,
                  network.issues,
                  NetworkFixture.newsletter("in " + later),
                  release,
                  network.hub.clock.instant().plus(later)));
    }
    network.hub.clock.advance(Duration.ofMinutes(1));
    network.hub.hub.inTransaction(tx -> events.recall(tx, release));
    network.hub.clock.advance(Duration.ofHours(2));
    assertThat(poll(Optional.empty(), 10)).extracting(EventsTest::title).containsExactly("in PT0S");
  }

  @Test
  void anEventOf20KilobytesIsRefusedAndLeavesNothing() {
    assertThatThrownBy(() -> network.publish("x".repeat(20_000)))
        .isInstanceOf(IllegalArgumentException.class);
    settle();
    assertThat(poll(Optional.empty(), 10)).isEmpty();
    network.publish("June");
    settle();
    assertThat(poll(Optional.empty(), 10).getFirst().id())
        .isEqualTo(network.hub.keyring.ids().encode("event.public", 1));
  }

  private void settle() {
    network.hub.clock.advance(Duration.ofSeconds(2));
  }

  private List<Event> poll(Optional<String> cursor, int limit) {
    return events.after(Scope.PUBLIC, cursor, limit);
  }

  private static String title(Event event) {
    return event.payload().getJsonObject("data").getString("title");
  }
}
