package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.alerts.AlertState;
import org.tocsin.testing.Chromium;
import org.tocsin.testing.Looks;

/** The board of an alert of which some members get their mail once a day. */
class WaitingDeskTest {
  private final AlertDesk alerts = new AlertDesk();
  private final String board =
      "/desk/broadcasts/"
          + alerts.desk.features.keyring.ids().encode("broadcast", twoWait())
          + "/deliveries?state=waiting";

  @AfterEach
  void close() {
    alerts.close();
  }

  /** The last two of the alert that is under way. */
  private long twoWait() {
    long id =
        alerts
            .desk
            .features
            .alerts
            .sendings(alerts.in(AlertState.RELEASING).chain().id())
            .getFirst()
            .broadcast()
            .value();
    alerts.desk.hub.hub.run(
        """
        INSERT INTO engine.retry (broadcast, segment, ord, lane, channel, due_at, attempt, waits_for)
        SELECT broadcast, segment, ord, 0, 'email', $2, 0, 'HOUR' FROM engine.recipient WHERE broadcast = $1
        ORDER BY segment DESC, ord DESC LIMIT 2
        ON CONFLICT (broadcast, segment, ord) DO UPDATE SET due_at = excluded.due_at, attempt = 0, waits_for = 'HOUR'
        """,
        id,
        Instant.parse("2126-06-16T07:00:00Z").atOffset(ZoneOffset.UTC));
    return id;
  }

  @Test
  void theBoardAndTheListSayWhyTheyWait() {
    TestDesk.Browser staff = alerts.desk.signedIn(alerts.auditor);
    assertThat(staff.get(board.replace("/deliveries?state=waiting", "")).body())
        .contains(
            "2 of those to go wait for their members’ daily hour; the first leaves on June 16,"
                + " 2126");
    String list = staff.get(board).body();
    assertThat(list.split("leaves on June 16, 2126", -1)).hasSize(3);
    assertThat(list).contains("Waits for the member’s daily hour").doesNotContain("next try");
  }

  @Test
  void theBoardSaysWhatTheRelayAnswersAndWhatToDo() {
    alerts.desk.hub.hub.run(
        "UPDATE engine.retry SET waits_for = 'RELAY', code = 'auth 535 5.7.8' WHERE waits_for ="
            + " 'HOUR'");
    alerts.desk.hub.hub.run("UPDATE engine.broadcast SET refused_with = '550 5.7.1'");
    TestDesk.Browser staff = alerts.desk.signedIn(alerts.auditor);
    assertThat(staff.get(board.replace("/deliveries?state=waiting", "")).body())
        .contains("2 wait for the mail relay, which is asked again on June 16, 2126")
        .contains("Last answer: auth 535 5.7.8.")
        .contains("The relay refuses the sign-in. Check smtp.username and smtp.password.")
        .contains("Nearly all of the first hundred answers were 550 5.7.1.")
        .contains("Sending goes on");
    assertThat(staff.get(board.replace("state=waiting", "state=retrying")).body())
        .contains("auth 535 5.7.8");
    assertThat(staff.get("/desk").body())
        .containsSubsequence("To be looked at", "Sending goes on, because this cannot wait.");
  }

  @Test
  void theApiSaysWhatTheRelayAnswersAndWhatToDo() {
    alerts.desk.hub.hub.run(
        "UPDATE engine.retry SET waits_for = 'RELAY', code = 'auth 535 5.7.8' WHERE waits_for ="
            + " 'HOUR'");
    String advice = "The relay refuses the sign-in. Check smtp.username and smtp.password.";
    String path = board.substring("/desk".length(), board.indexOf("/deliveries"));
    JsonObject broadcast = told(path);
    assertThat(broadcast.getJsonArray("waiting"))
        .contains(
            new JsonObject()
                .put("reason", "relay")
                .put("many", 2)
                .put("next", "2126-06-16T07:00:00Z")
                .put("why", "auth 535 5.7.8")
                .put("advice", advice));
    List<JsonObject> retrying =
        told(path + "/deliveries?limit=500&state=retrying").getJsonArray("items").stream()
            .map(one -> (JsonObject) one)
            .toList();
    assertThat(retrying)
        .filteredOn(one -> one.getString("code").equals("auth 535 5.7.8"))
        .hasSize(2)
        .allSatisfy(one -> assertThat(one.getString("advice")).isEqualTo(advice));
    assertThat(retrying)
        .filteredOn(one -> one.getString("code").isEmpty())
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.getString("advice")).isNull());
  }

  private JsonObject told(String path) {
    HttpResponse<String> answer = alerts.desk.api(alerts.auditor, path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  @Test
  void bothAreAccessibleAndFitTheWindow() {
    try (Chromium chromium = Chromium.open()) {
      assertThat(Looks.walk(chromium, "waiting", this::walk)).isEmpty();
    }
  }

  private Map<String, Consumer<com.microsoft.playwright.Page>> walk() {
    String link = alerts.desk.features.signInLinks.print("system", alerts.auditor);
    Map<String, Consumer<com.microsoft.playwright.Page>> walk = new LinkedHashMap<>();
    walk.put(
        "board",
        page -> {
          page.navigate(alerts.desk.url("/desk/sign-in/" + link));
          page.click("main form button");
          page.navigate(alerts.desk.url(board.replace("/deliveries?state=waiting", "")));
        });
    walk.put("list", page -> page.navigate(alerts.desk.url(board)));
    return walk;
  }
}
