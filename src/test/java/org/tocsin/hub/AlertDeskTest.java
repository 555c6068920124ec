package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.alerts.Alert;
import org.tocsin.alerts.AlertState;
import org.tocsin.alerts.AlertType;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.Progress;
import org.tocsin.broadcasts.Snapshotter;
import org.tocsin.cases.DemoWords;
import org.tocsin.correspondents.MemberId;

/** Alerts through the desk's pages: who does what, and who sees which word of it. */
class AlertDeskTest {
  private static final AlertDesk alerts = new AlertDesk();
  private static final TestDesk desk = alerts.desk;

  @AfterAll
  static void close() {
    alerts.close();
  }

  private static AlertState state(Alert alert) {
    return desk.features.alerts.get(alert.id()).state();
  }

  private static void assertNoWordOfIt(String page) {
    for (int i = 0; i < 2048; i++) {
      assertThat(page).doesNotContain(DemoWords.word(i));
    }
  }

  @Test
  void anAlertIsWrittenReviewedReleasedAndStoppedFromItsPages() {
    TestDesk.Browser writing = desk.signedIn(alerts.officer);
    HttpResponse<String> wrong =
        writing.post(alerts.casePath() + "/alerts", "ask", "", "happened", "He was taken.");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("Say in one line what is asked for", "He was taken.");

    HttpResponse<String> created =
        writing.post(
            alerts.casePath() + "/alerts",
            "kind",
            "ACTION",
            "ask",
            "Ask where he is",
            "happened",
            "He was taken.",
            "actions",
            "Write.",
            "circles",
            "correspondent",
            "target_0_office",
            "Minister <b>of</b> Justice",
            "target_0_language",
            "en");
    assertThat(created.statusCode()).as(created.body()).isEqualTo(303);
    String path = created.headers().firstValue("Location").orElseThrow();
    HttpResponse<String> doubted = writing.post(path + "/submit");
    assertThat(doubted.statusCode()).isEqualTo(422);
    assertThat(doubted.body())
        .contains("seldom meant", "there is no letter", "value=\"no_letters\"", "href=\"#doubts\"");
    String version = doubted.body().replaceAll("(?s).*name=\"version\" value=\"([0-9]+)\".*", "$1");
    assertThat(
            writing.post(path + "/submit", "confirm", "no_letters", "version", "99").statusCode())
        .isEqualTo(409);
    assertThat(
            writing
                .post(path + "/submit", "confirm", "no_letters", "version", version)
                .statusCode())
        .isEqualTo(303);
    assertThat(writing.get(path).body())
        .contains("Ask where he is", "In review", "says that this is meant", "there is no letter");

    TestDesk.Browser approving = desk.signedIn(alerts.approver);
    String hash =
        approving
            .get(path)
            .body()
            .replaceAll("(?s).*name=\"hash\" value=\"([0-9a-f]{64})\".*", "$1");
    assertThat(approving.post(path + "/approve", "hash", "0".repeat(64)).statusCode())
        .isEqualTo(409);
    assertThat(approving.post(path + "/approve", "hash", hash).statusCode()).isEqualTo(303);

    TestDesk.Browser releasing = desk.signedIn(alerts.releaser);
    assertThat(releasing.get(path + "/release").body()).contains("120", "Oleksandr Wójcik");
    assertThat(releasing.post(path + "/release", "last_look", "10", "when", "now").statusCode())
        .isEqualTo(303);
    assertThat(releasing.get(path).body()).contains("Last look");

    TestDesk.Browser stopping = desk.signedIn(alerts.auditor);
    assertThat(stopping.get(path).statusCode()).isEqualTo(403);
    assertThat(stopping.post(path + "/stop").statusCode()).isEqualTo(422);
    assertThat(stopping.post(path + "/stop", "reason", "ERROR").statusCode()).isEqualTo(303);
    String after = stopping.get(path + "/stop").body();
    assertThat(after).contains("It was stopped").doesNotContain("Ask where he is");
    assertThat(writing.post(path + "/stop/confirm").statusCode()).isEqualTo(303);
    assertThat(writing.get(path).body()).contains("Stopped by Aino Lehtonen", "Looked at by Ines");
  }

  @Test
  void whoMayStopSeesNoWordOfWhatTheyStop() {
    TestDesk.Browser auditing = desk.signedIn(alerts.auditor);
    Alert alert = alerts.in(AlertState.RELEASING);
    assertNoWordOfIt(auditing.get(alerts.path(alert) + "/stop").body());
    String list = auditing.get("/desk/broadcasts").body();
    assertThat(list).contains(alert.chain().reference().text());
    assertNoWordOfIt(list);
    var sending = desk.features.alerts.sendings(alert.chain().id()).getFirst();
    String board =
        auditing
            .get(
                "/desk/broadcasts/"
                    + desk.features.keyring.ids().encode("broadcast", sending.broadcast().value()))
            .body();
    assertThat(board).contains(alerts.path(alert) + "/stop");
    assertNoWordOfIt(board);
    assertThat(auditing.post(alerts.path(alert) + "/hold").statusCode()).isEqualTo(303);
    assertThat(state(alert)).isEqualTo(AlertState.HELD);
  }

  @Test
  void theStopsPageNamesWhoIsNotToldYetForWhoeverWorksAtAlertsAndWritesItDown() {
    Alert alert = alerts.in(AlertState.EXPIRED);
    Progress sent =
        desk.features.alerts.sendings(alert.chain().id()).stream()
            .map(sending -> desk.features.broadcasts.find(sending.broadcast()).orElseThrow())
            .filter(progress -> progress.channel().equals("email"))
            .findFirst()
            .orElseThrow();
    long reader =
        desk.features
            .broadcasts
            .deliveries(sent.id(), 0, 0, 1, Optional.of("SENT"))
            .getFirst()
            .target();
    String name = desk.features.members.named(new MemberId(reader)).orElseThrow().name();
    TestDesk.Browser keeping =
        desk.signedIn(desk.staff("keeper@tocsin.example", "Keeper", Role.MEMBERSHIP_OFFICER));
    TestDesk.Browser auditing = desk.signedIn(alerts.auditor);
    String page = alerts.path(alert) + "/stop";
    assertThat(auditing.post(page, "reason", "ERROR").statusCode()).isEqualTo(303);
    assertThat(auditing.get(page).body())
        .as("before anybody is told, and before the engine knows whom")
        .contains("0 of " + sent.sent() + " who may have read it have been told");

    Snapshotter snapshotter =
        new Snapshotter(
            desk.hub.hub,
            desk.hub.bus,
            List.of(desk.features.correspondentAudience, desk.features.endpointAudience));
    while (snapshotter.round()) {
      // until all is frozen
    }
    for (TestDesk.Browser other : List.of(keeping, auditing)) {
      assertThat(other.get(page).body())
          .contains(
              "Not told yet",
              sent.sent() + " whose names are not shown here",
              "Case officer, Approver, Release officer")
          .doesNotContain(name);
    }
    for (StaffMember worker : List.of(alerts.officer, alerts.approver, alerts.releaser)) {
      assertThat(desk.signedIn(worker).get(page).body()).contains("Not told yet", name);
      assertThat(desk.hub.audit.latest(alert.id().subject(), Long.MAX_VALUE, 20))
          .anySatisfy(
              entry -> {
                assertThat(entry.action()).isEqualTo("read.alert_untold");
                assertThat(entry.actor()).isEqualTo(worker.id().actor());
              });
    }
  }

  private static BroadcastId letters(Alert alert) {
    return desk.features.alerts.sendings(alert.chain().id()).stream()
        .filter(sending -> sending.alert().equals(alert.id()) && sending.email())
        .findFirst()
        .orElseThrow()
        .broadcast();
  }

  @Test
  void aStopThatEndedIsNotCalledSentWhereOneWasNotTold() {
    Alert stop =
        desk.features.alerts.list(alerts.officer.id(), Long.MAX_VALUE, 100).stream()
            .filter(one -> one.type() == AlertType.STOP && one.state() == AlertState.ACTIVE)
            .findFirst()
            .orElseThrow();
    TestDesk.Browser reading = desk.signedIn(alerts.officer);
    assertThat(reading.get(alerts.path(stop)).body())
        .contains("The stop was sent to everybody who was or may have been reached");
    desk.hub.hub.run(
        "UPDATE engine.segment SET sent = sent - 1, suppressed = suppressed + 1 WHERE broadcast ="
            + " $1",
        letters(stop).value());
    assertThat(reading.get(alerts.path(stop)).body())
        .contains(
            "Ended, one not told",
            "The stop ended, and one who may have read the alert was not told",
            alerts.path(stop) + "/stop")
        .doesNotContain("was sent to everybody");
    assertThat(reading.get("/desk/alerts").body()).contains("Ended, one not told");
    assertThat(reading.get("/desk").body())
        .contains("it ended, and one of", "who may have read the alert were not told");
  }

  /** Refused by all, though some of them had read the body by then. */
  private static void refusedByAll(BroadcastId id, int read) {
    desk.hub.hub.run(
        "UPDATE engine.outcome SET result = 'FAILED', code = '554 lost' WHERE broadcast = $1",
        id.value());
    desk.hub.hub.run(
        "UPDATE engine.segment SET failed = sent, sent = 0 WHERE broadcast = $1", id.value());
    desk.hub.hub.run(
        """
        INSERT INTO engine.attempt (broadcast, segment, ord, attempt, code, reached)
        SELECT broadcast, segment, ord, 1, '554 lost', true FROM engine.recipient WHERE broadcast = $1 ORDER BY ord LIMIT $2
        """,
        id.value(),
        read);
  }

  @Test
  void aBoardOfWhatNobodyAcceptedSaysHowManyMayHaveReadIt() {
    BroadcastId id = letters(alerts.in(AlertState.CLOSED));
    refusedByAll(id, 11);
    TestDesk.Browser reading = desk.signedIn(alerts.auditor);
    String board =
        "/desk/broadcasts/" + desk.features.keyring.ids().encode("broadcast", id.value());
    assertThat(reading.get(board).body())
        .contains("Stopped after 0 of", "11 recipients may have read it, whatever was answered")
        .doesNotContain("Nobody else was told");
    desk.hub.hub.run("UPDATE engine.broadcast SET state = 'COMPLETED' WHERE id = $1", id.value());
    assertThat(reading.get(board).body())
        .contains(
            "It ended and was accepted for none of",
            "11 recipients may have read it, whatever was answered")
        .doesNotContain("reached nobody");
  }

  @Test
  void twoPeopleLetAHeldAlertGoOn() {
    Alert held = alerts.in(AlertState.HELD);
    TestDesk.Browser first = desk.signedIn(alerts.officer);
    assertThat(first.post(alerts.path(held) + "/resume").statusCode()).isEqualTo(303);
    HttpResponse<String> again = first.post(alerts.path(held) + "/resume");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("Another person must agree");
    assertThat(desk.signedIn(alerts.approver).post(alerts.path(held) + "/resume").statusCode())
        .isEqualTo(303);
    assertThat(state(held)).isEqualTo(AlertState.APPROVED);
  }

  @Test
  void thePreviewShowsEachWhatTheyWouldSeeAndThePublicNothing() {
    TestDesk.Browser reading = desk.signedIn(alerts.approver);
    TestDesk.Browser stopping = desk.signedIn(alerts.auditor);
    Alert alert = alerts.in(AlertState.IN_REVIEW);
    String happened = alert.draft().orElseThrow().text().happened();
    String path = alerts.path(alert);
    for (String circle : new String[] {"correspondent", "network"}) {
      assertThat(reading.get(path + "?as=" + circle).body())
          .contains(
              "src=\"" + path + "/as/" + circle + "?lang=en\"", "Your Excellency", "Robin Reader");
      HttpResponse<String> page = reading.get(path + "/as/" + circle);
      assertThat(page.body()).contains(happened, "Monsieur le Président");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("sandbox", "form-action 'none'")
          .doesNotContain("allow-forms", "allow-scripts");
      assertThat(stopping.get(path + "/as/" + circle).statusCode()).isEqualTo(403);
    }
    assertThat(reading.get(path + "?as=webhook").body())
        .contains("alert.issued", alert.chain().reference().text())
        .doesNotContain(happened);
    for (String outside : new String[] {"subscriber", "public"}) {
      assertThat(reading.get(path + "?as=" + outside).body())
          .contains("Nobody there learns that it exists")
          .doesNotContain(happened);
    }
    String letter = reading.get(path + "/letter?letter=en").body();
    assertThat(letter).contains(alert.chain().reference().text());
    assertNoWordOfIt(letter);
  }

  @Test
  void anUpdateAndAnExerciseAreWrittenFromTheirPages() {
    TestDesk.Browser writing = desk.signedIn(alerts.officer);
    Alert live = alerts.in(AlertState.ACTIVE);
    assertThat(writing.get(alerts.path(live) + "/update").body())
        .contains(live.draft().orElseThrow().text().ask());
    HttpResponse<String> update =
        writing.post(
            alerts.path(live) + "/update",
            "kind",
            "INFORMATION",
            "ask",
            "He is well",
            "happened",
            "Seen by a lawyer.",
            "circles",
            "correspondent");
    assertThat(update.statusCode()).as(update.body()).isEqualTo(303);
    HttpResponse<String> second =
        writing.post(
            alerts.path(live) + "/update",
            "ask",
            "Once more",
            "happened",
            "Seen again.",
            "actions",
            "Write.",
            "circles",
            "correspondent");
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(second.body()).contains("not released yet", "Once more");
    HttpResponse<String> exercise =
        writing.post(
            "/desk/alerts/practice",
            "ask",
            "Practise",
            "happened",
            "Nothing is real.",
            "actions",
            "Sign in.");
    assertThat(exercise.statusCode()).as(exercise.body()).isEqualTo(303);
    assertThat(writing.get(exercise.headers().firstValue("Location").orElseThrow()).body())
        .contains("Staff who practise", "Exercise");
  }
}
