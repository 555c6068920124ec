package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.access.Role.AUDITOR;
import static org.tocsin.access.Role.MEMBERSHIP_OFFICER;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.MemberId;
import org.tocsin.correspondents.NewMember;
import org.tocsin.platform.address.EmailAddress;

/** Applying, the portal and the desk's members, as browsers meet them. */
class MemberPagesTest {
  private static final String ADA = "ada.ahorn@uni.example";

  private final TestDesk desk = new TestDesk();
  private final Letters letters = new Letters(desk);
  private final TestDesk.Browser visitor = desk.new Browser();

  @AfterEach
  void close() {
    desk.close();
  }

  private MemberId enrol() {
    return desk.features.members.enrol(
        "system",
        new NewMember(
            Circle.NETWORK,
            "Ada Ahorn",
            EmailAddress.parse(ADA).orElseThrow(),
            "en",
            List.of(),
            Optional.empty()));
  }

  private HttpResponse<String> apply(String email) {
    return visitor.postOnly(
        "/correspondents/apply", "name", "Helga Vogel", "email", email, "academy", "NAS");
  }

  private void work() {
    while (desk.features.applicationClerk.round()) {
      // one a round
    }
  }

  private String ask(TestDesk.Browser browser) {
    assertThat(browser.postOnly("/portal/sign-in", "email", ADA).headers().firstValue("Location"))
        .hasValue("/portal/sign-in/sent");
    desk.features.portalLinks.round();
    return letters.link("portal_link");
  }

  @Test
  void theFormNamesWhatIsWrongAndAnswersEverybodyTheSame() {
    assertThat(visitor.postOnly("/correspondents/apply", "email", "a@@b").body())
        .contains("Invalid email address", "as your academy lists it", "Choose the academy");
    enrol();
    HttpResponse<String> stranger = apply("stranger@home.example");
    HttpResponse<String> member = apply(ADA);
    assertThat(stranger.statusCode()).isEqualTo(200);
    assertThat(member.body()).isEqualTo(stranger.body()).contains("Look into your mailbox");
  }

  @Test
  void anApplicationGoesFromTheFormToTheDeskAndIsDecidedThere() {
    desk.features.rosterImport.run(
        "system", "name,email,academy,section,year\nHelga Vogel,hv@nas.example,NAS,Botany,1999\n");
    apply("helga@home.example");
    work();
    String proof = letters.link("application_proof");
    assertThat(visitor.get(proof).body()).contains("Is this your address?");
    assertThat(visitor.get(proof).statusCode()).isEqualTo(200);
    assertThat(visitor.postOnly(proof).body()).contains("Your address is confirmed");
    assertThat(visitor.get(proof).statusCode()).isEqualTo(410);
    work();
    String vouch = letters.link("application_vouch");
    assertThat(visitor.get(vouch).body()).contains("helga@home.example", "No, it was not me");
    assertThat(visitor.postOnly(vouch, "answer", "yes").body()).contains("Thank you");
    TestDesk.Browser officer =
        desk.signedIn(desk.staff("officer@tocsin.example", "Zofia", MEMBERSHIP_OFFICER));
    assertThat(officer.get("/desk/members/applications").body())
        .contains("Verified")
        .doesNotContain("Helga Vogel", "helga@home.example");
    assertThat(officer.post("/desk/members/applications/1/open").body())
        .contains("Helga Vogel", "helga@home.example", "hv@nas.example", "Accept");
    assertThat(officer.post("/desk/members/applications/1/accept").headers().firstValue("Location"))
        .hasValue("/desk/members/1?done=enrolled");
    assertThat(officer.get("/desk/members/1").body())
        .contains("Correspondent", "enrolled a member")
        .doesNotContain("Helga Vogel", "helga@home.example");
    assertThat(officer.post("/desk/members/1/open").body()).contains("Helga Vogel");
  }

  @Test
  void askingForALinkAnswersEverybodyTheSame() {
    enrol();
    HttpResponse<String> known = visitor.postOnly("/portal/sign-in", "email", ADA);
    HttpResponse<String> unknown =
        desk.new Browser().postOnly("/portal/sign-in", "email", "nobody@uni.example");
    assertThat(unknown.statusCode()).isEqualTo(known.statusCode()).isEqualTo(303);
    assertThat(unknown.headers().firstValue("Location"))
        .isEqualTo(known.headers().firstValue("Location"));
    assertThat(unknown.body()).isEqualTo(known.body());
  }

  @Test
  void aLinkOpensTheDoorOnceInItsOwnBrowserAndAScannerChangesNothing() {
    enrol();
    assertThat(visitor.get("/portal").headers().firstValue("Location")).hasValue("/portal/sign-in");
    String link = ask(visitor);
    TestDesk.Browser scanner = desk.new Browser();
    HttpResponse<String> elsewhere = scanner.get(link);
    assertThat(elsewhere.statusCode()).isEqualTo(403);
    assertThat(elsewhere.body())
        .contains("Open this link where you asked for it", "Ask for a new link")
        .doesNotContain("method=\"post\"");
    assertThat(scanner.postOnly(link).statusCode()).isEqualTo(403);
    assertThat(visitor.get(link).body()).contains("method=\"post\"");
    assertThat(visitor.postOnly(link).headers().firstValue("Location")).hasValue("/portal");
    HttpResponse<String> home = visitor.get("/portal");
    assertThat(home.body()).contains("You are signed in as Ada Ahorn", "Nothing needs you now");
    assertThat(home.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(desk.new Browser().get(link).statusCode()).isEqualTo(410);
  }

  @Test
  void choicesAreKeptAndAFormWithoutItsTokenIsRefused() {
    enrol();
    visitor.postOnly(ask(visitor));
    visitor.get("/portal/preferences");
    assertThat(visitor.postOnly("/portal/preferences", "frequency", "daily").statusCode())
        .isEqualTo(403);
    visitor.get("/portal/preferences");
    assertThat(
            visitor
                .post(
                    "/portal/preferences", "frequency", "daily", "countries", "xn XQ", "travel", "")
                .headers()
                .firstValue("Location"))
        .hasValue("/portal/preferences?done=saved");
    assertThat(visitor.get("/portal/preferences?done=saved").body())
        .contains("Saved.", "value=\"XN, XQ\"", "value=\"daily\" checked");
    assertThat(
            visitor
                .post("/portal/preferences", "countries", "Norvania", "travel", "2020-01-01")
                .body())
        .contains("two-letter country codes", "Give a day that is not over");
    assertThat(visitor.post("/portal/sign-out").statusCode()).isEqualTo(303);
    assertThat(visitor.get("/portal").statusCode()).isEqualTo(303);
  }

  @Test
  void endingAMemberAtTheDeskShutsThePortalAtOnce() {
    MemberId id = enrol();
    visitor.postOnly(ask(visitor));
    assertThat(visitor.get("/portal").statusCode()).isEqualTo(200);
    TestDesk.Browser officer =
        desk.signedIn(desk.staff("officer@tocsin.example", "Zofia", MEMBERSHIP_OFFICER));
    String page = "/desk/members/" + id.value();
    assertThat(officer.post(page + "/end").statusCode()).isEqualTo(422);
    assertThat(officer.post(page + "/end", "sure", "yes").statusCode()).isEqualTo(303);
    assertThat(visitor.get("/portal").statusCode()).isEqualTo(303);
    assertThat(officer.post(page + "/suspend").statusCode()).isEqualTo(409);
    assertThat(officer.get("/desk/members").body()).contains("Ended").doesNotContain(ADA);
  }

  @Test
  void aSessionOfTheDeskIsNoneOfThePortalAndAnAuditorSeesNoMembers() {
    enrol();
    TestDesk.Browser auditor = desk.signedIn(desk.staff("a@tocsin.example", "Søren", AUDITOR));
    assertThat(auditor.get("/portal").headers().firstValue("Location")).hasValue("/portal/sign-in");
    assertThat(auditor.get("/desk/members").statusCode()).isEqualTo(403);
    assertThat(auditor.get("/desk").body()).doesNotContain("href=\"/desk/members\"");
  }

  @Test
  void aRosterPastedInNamesItsRefusedRows() {
    TestDesk.Browser officer =
        desk.signedIn(desk.staff("officer@tocsin.example", "Zofia", MEMBERSHIP_OFFICER));
    assertThat(
            officer
                .post(
                    "/desk/members/roster",
                    "rows",
                    "name,email,academy,section,year\nAda,ada@x.example,NAS,,1999\nBo,bo@,NAE,,2000\n")
                .body())
        .contains("2 rows: 1 new, 0 changed, 0 as before, 1 refused.", "<td>3</td>", "bo@");
    assertThat(officer.post("/desk/members/roster", "rows", "x").statusCode()).isEqualTo(422);
  }

  @Test
  void aMemberLeavesAndIsErasedFromThePortal() {
    enrol();
    visitor.postOnly(ask(visitor));
    assertThat(visitor.get("/portal/preferences").body()).contains("href=\"/portal/leave\"");
    visitor.get("/portal/leave");
    HttpResponse<String> unsure = visitor.post("/portal/leave");
    assertThat(unsure.statusCode()).isEqualTo(422);
    assertThat(unsure.body()).contains("Tick the box if you are sure");
    assertThat(visitor.postOnly("/portal/leave", "sure", "yes").statusCode()).isEqualTo(403);
    visitor.get("/portal/leave");
    assertThat(visitor.post("/portal/leave", "sure", "yes").body()).contains("You have left");
    assertThat(visitor.get("/portal").headers().firstValue("Location")).hasValue("/portal/sign-in");
    assertThat(desk.features.members.overview().all()).isZero();
  }

  @Test
  void staffErasesWhoAskedAfterAConfirmationAndNobodyElseMay() {
    String path = "/desk/members/" + enrol().value();
    TestDesk.Browser officer =
        desk.signedIn(desk.staff("officer@tocsin.example", "Zofia", MEMBERSHIP_OFFICER));
    TestDesk.Browser auditor = desk.signedIn(desk.staff("auditor@tocsin.example", "Aino", AUDITOR));
    assertThat(auditor.post(path + "/erase", "sure", "yes").statusCode()).isEqualTo(403);
    assertThat(officer.get(path).body()).contains("href=\"" + path + "/erase\"");
    assertThat(officer.get(path + "/erase").body()).contains("Erase for ever");
    assertThat(officer.post(path + "/erase").statusCode()).isEqualTo(422);
    assertThat(officer.post(path + "/erase", "sure", "yes").headers().firstValue("Location"))
        .hasValue("/desk/members?done=erased");
    assertThat(officer.get("/desk/members?done=erased").body()).contains("Erased. The number");
    assertThat(officer.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void aMemberChangesTheirAddressByBothMailboxes() {
    enrol();
    visitor.postOnly(ask(visitor));
    visitor.get("/portal/address");
    assertThat(visitor.post("/portal/address", "email", "a@@b").body())
        .contains("Invalid email address", "a@@b");
    assertThat(visitor.post("/portal/address", "email", ADA).body())
        .contains("This is your address already");
    assertThat(
            visitor
                .post("/portal/address", "email", "ada@institute.example")
                .headers()
                .firstValue("Location"))
        .hasValue("/portal/address?done=asked");
    assertThat(visitor.get("/portal/address?done=asked").body())
        .contains("Look into both mailboxes", "A change waits for both proofs");
    TestDesk.Browser anywhere = desk.new Browser();
    String fromTheOld = letters.link("member_address_old");
    String fromTheNew = letters.link("member_address_new");
    assertThat(anywhere.get(fromTheNew).body())
        .contains("ada@institute.example", "action=\"" + fromTheNew + "\"");
    assertThat(anywhere.postOnly(fromTheNew).body()).contains("One of two");
    assertThat(visitor.get("/portal").statusCode()).isEqualTo(200);
    assertThat(anywhere.postOnly(fromTheOld).body())
        .contains("Your address is changed", "href=\"/portal/sign-in\"");
    assertThat(visitor.get("/portal").headers().firstValue("Location")).hasValue("/portal/sign-in");
    assertThat(anywhere.get(fromTheOld).statusCode()).isEqualTo(410);
    assertThat(anywhere.get("/portal/address").headers().firstValue("Location"))
        .hasValue("/portal/sign-in");
  }
}
