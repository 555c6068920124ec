package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.alerts.Alert;
import org.tocsin.alerts.AlertState;
import org.tocsin.broadcasts.BroadcastId;

/** Hold everything from the desk, and what its pages say of alerts that nobody got. */
class HoldDeskTest {
  private final AlertDesk alerts = new AlertDesk();
  private final TestDesk desk = alerts.desk;

  @AfterEach
  void close() {
    alerts.close();
  }

  private String board(Alert alert) {
    BroadcastId id = desk.features.alerts.sendings(alert.chain().id()).getFirst().broadcast();
    return "/desk/broadcasts/" + desk.features.keyring.ids().encode("broadcast", id.value());
  }

  @Test
  void onePressHoldsEverythingEveryPageSaysSoAndTwoEndIt() {
    TestDesk.Browser auditing = desk.signedIn(alerts.auditor);
    TestDesk.Browser releasing = desk.signedIn(alerts.releaser);
    Alert releasingAlert = alerts.in(AlertState.RELEASING);
    assertThat(auditing.get("/desk").body()).contains("Hold everything");
    assertThat(auditing.post("/desk/hold").statusCode()).isEqualTo(303);
    for (String page : new String[] {"/desk", "/desk/broadcasts", "/desk/roles", "/desk/account"}) {
      assertThat(auditing.get(page).body())
          .as(page)
          .contains("Everything has been on hold since", "by Aino Lehtonen")
          .doesNotContain("Ask to end it");
    }
    assertThat(releasing.get(alerts.path(releasingAlert)).body())
        .contains("On hold with everything else since", "by Aino Lehtonen");
    assertThat(releasing.get(board(releasingAlert)).body())
        .contains("On hold with everything else.");
    assertThat(auditing.post("/desk/hold/resume").statusCode()).isEqualTo(403);
    assertThat(releasing.get("/desk").body()).contains("Ask to end it");
    assertThat(releasing.post("/desk/hold/resume").statusCode()).isEqualTo(303);
    assertThat(releasing.post("/desk/hold/resume").statusCode()).isEqualTo(409);
    TestDesk.Browser securing =
        desk.signedIn(desk.staff("security@tocsin.example", "Bao Nguyen", Role.SECURITY_ADMIN));
    assertThat(securing.get("/desk").body())
        .contains("Thandiwe Mwangi wants it to end", "Agree that it ends", "Keep it on");
    assertThat(securing.post("/desk/hold/resume").statusCode()).isEqualTo(303);
    assertThat(securing.get("/desk").body()).doesNotContain("has been on hold since");
    assertThat(desk.features.alerts.get(releasingAlert.id()).state())
        .isEqualTo(AlertState.RELEASING);
  }

  @Test
  void anAlertThatNoMemberWasSentStandsInTheInboxOfWhoReleasedIt() {
    Alert held = alerts.in(AlertState.HELD);
    desk.features.alerts.resume(held.id(), alerts.officer.id());
    desk.features.alerts.resume(held.id(), alerts.approver.id());
    desk.features.alerts.release(
        held.id(), alerts.releaser.id(), Optional.empty(), Optional.of(Duration.ZERO));
    // Whatever became of its sends: nobody has it.
    desk.hub.hub.run(
        """
        UPDATE engine.broadcast SET state = 'COMPLETED', finished_at = clock_timestamp()
        WHERE id IN (SELECT broadcast FROM alerts.sending WHERE message = $1)
        """,
        held.id().value());
    desk.features.alerts.launchRound();
    TestDesk.Browser releasing = desk.signedIn(alerts.releaser);
    assertThat(releasing.get("/desk").body())
        .contains("Alerts that no member was sent", alerts.path(held));
    assertThat(releasing.get(alerts.path(held)).body())
        .contains("Held by itself")
        .doesNotContain("members are reading it", "may have had the letter");
    int read =
        desk.hub.hub.run(
            """
            INSERT INTO engine.attempt (broadcast, segment, ord, attempt, code, reached)
            SELECT broadcast, segment, ord, 1, '554 lost', true FROM engine.recipient
            WHERE broadcast IN (SELECT broadcast FROM alerts.sending WHERE message = $1 AND channel = 'email')
            """,
            held.id().value());
    assertThat(releasing.get(alerts.path(held)).body())
        .contains(read + " members may have had the letter all the same");
    assertThat(desk.signedIn(alerts.auditor).get("/desk").body())
        .doesNotContain("Alerts that no member was sent");
    assertThat(releasing.get(board(held)).body())
        .contains(alerts.path(held) + "/stop")
        .doesNotContain("Cancel the rest");
    assertThat(releasing.post(board(held) + "/cancel").statusCode()).isEqualTo(409);
  }
}
