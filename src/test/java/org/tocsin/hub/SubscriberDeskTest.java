package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.access.Role.APPROVER;
import static org.tocsin.access.Role.MEMBERSHIP_OFFICER;
import static org.tocsin.access.Role.NEWSLETTER_EDITOR;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Asker;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.subscribers.SignUp;

class SubscriberDeskTest {
  private static final String DALIA = "dalia@science-park.example";

  private final TestDesk desk = new TestDesk();

  @AfterEach
  void close() {
    desk.close();
  }

  @BeforeEach
  void somebodySignedUp() {
    desk.features.signUps.request(
        SignUp.of(
            DALIA,
            List.of("newsletter", "torture"),
            "en",
            desk.features.topics,
            desk.features.languages,
            desk.features.languages.in("en")),
        Asker.stranger(SourceNetwork.of("192.0.2.1")));
    assertThat(desk.features.signUpClerk.round()).isTrue();
  }

  private TestDesk.Browser officer() {
    return desk.signedIn(
        desk.staff("officer@committee.example", "Membership Officer", MEMBERSHIP_OFFICER));
  }

  private String record(TestDesk.Browser browser) {
    browser.get("/desk/subscribers");
    HttpResponse<String> found =
        browser.post("/desk/subscribers/find", "email", "DALIA@Science-Park.example");
    assertThat(found.statusCode()).isEqualTo(303);
    return found.headers().firstValue("Location").orElseThrow();
  }

  @Test
  void theListShowsNoAddress() {
    HttpResponse<String> page = officer().get("/desk/subscribers");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("d…@s….example", "Not confirmed")
        .doesNotContain("dalia", "science-park");
  }

  @Test
  void anEditorSeesTheNumbersAndOpensNobody() {
    TestDesk.Browser editor =
        desk.signedIn(desk.staff("ed@committee.example", "Editor", NEWSLETTER_EDITOR));
    String page = editor.get("/desk/subscribers").body();
    assertThat(page).contains("d…@s….example").doesNotContain("desk/subscribers/find");
    assertThat(editor.post("/desk/subscribers/1/open").statusCode()).isEqualTo(403);
    assertThat(editor.post("/desk/subscribers/export").statusCode()).isEqualTo(403);
    TestDesk.Browser approver =
        desk.signedIn(desk.staff("app@committee.example", "Approver", APPROVER));
    assertThat(approver.get("/desk/subscribers").statusCode()).isEqualTo(403);
  }

  @Test
  void anAddressIsShownToWhoOpensItAndThatIsWrittenDown() {
    TestDesk.Browser officer = officer();
    String record = record(officer);
    assertThat(officer.get(record).body())
        .contains("d…@s….example", "Monthly newsletter", "asked to sign up", "The subscriber")
        .doesNotContain("dalia", "science-park");
    assertThat(officer.post(record + "/open").body())
        .contains(DALIA, "opened an address", "Membership Officer");
    assertThat(desk.features.audit.latest("subscriber:1", Long.MAX_VALUE, 1).getFirst().action())
        .isEqualTo("subscriber.opened");
  }

  @Test
  void whoIsNotThereIsNotFound() {
    TestDesk.Browser officer = officer();
    officer.get("/desk/subscribers");
    HttpResponse<String> nobody =
        officer.post("/desk/subscribers/find", "email", "nobody@science-park.example");
    assertThat(nobody.statusCode()).isEqualTo(404);
    assertThat(nobody.body()).contains("Nobody here has that address");
    HttpResponse<String> malformed = officer.post("/desk/subscribers/find", "email", "two@@x");
    assertThat(malformed.statusCode()).isEqualTo(422);
    assertThat(malformed.body()).contains("Invalid email address");
    assertThat(officer.get("/desk/subscribers/999").statusCode()).isEqualTo(404);
    assertThat(officer.get("/desk/subscribers/x").statusCode()).isEqualTo(404);
  }

  @Test
  void filtersThatDoNotExistShowEverybody() {
    String page = officer().get("/desk/subscribers?state=NONSENSE&topic=nonsense").body();
    assertThat(page).contains("d…@s….example");
    assertThat(officer2().get("/desk/subscribers?state=ACTIVE").body())
        .contains("Nobody is like that");
  }

  private TestDesk.Browser officer2() {
    return desk.signedIn(
        desk.staff("second@committee.example", "Second Officer", MEMBERSHIP_OFFICER));
  }

  @Test
  void theDeskUnsubscribesAndErasesForWhoAsked() {
    TestDesk.Browser officer = officer();
    String record = record(officer);
    officer.get(record);
    assertThat(officer.post(record + "/leave").headers().firstValue("Location"))
        .contains(record + "?done=left");
    assertThat(officer.get(record + "?done=left").body())
        .contains("Unsubscribed from everything", "Left");
    assertThat(officer.post(record + "/erase").statusCode()).isEqualTo(422);
    assertThat(officer.post(record + "/erase", "sure", "yes").statusCode()).isEqualTo(303);
    assertThat(officer.get(record).statusCode()).isEqualTo(404);
  }

  @Test
  void anExportIsACsvFile() {
    TestDesk.Browser officer = officer();
    officer.get("/desk/subscribers");
    HttpResponse<String> csv = officer.post("/desk/subscribers/export", "state", "", "topic", "");
    assertThat(csv.statusCode()).isEqualTo(200);
    assertThat(csv.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("subscribers.csv");
    assertThat(csv.body()).startsWith("email,name,language").contains(DALIA + ",,en,pending,");
    assertThat(desk.features.audit.latest("subscribers", Long.MAX_VALUE, 1).getFirst().action())
        .isEqualTo("subscribers.exported");
  }
}
