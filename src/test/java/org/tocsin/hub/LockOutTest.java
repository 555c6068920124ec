package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.access.Role.APPROVER;
import static org.tocsin.access.Role.MEMBERSHIP_OFFICER;
import static org.tocsin.access.Role.NEWSLETTER_EDITOR;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.StaffMember;
import org.tocsin.access.WishTally.What;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.NewMember;
import org.tocsin.platform.address.EmailAddress;

/** At the pages: who tries uses up their own, whoever they name, and learns nothing by it. */
class LockOutTest {
  private static final String ADA = "ada@tocsin.example";
  private static final String PASSWORD = "a bell that rings at night";
  private static final Pattern SHOWN = Pattern.compile("name=\"shown\" value=\"([^\"]+)\"");

  private final TestDesk desk = new TestDesk(Map.of("TOCSIN_HTTP_TRUSTED_PROXIES", "127.0.0.1"));
  private final Letters letters = new Letters(desk);

  @AfterEach
  void close() {
    desk.close();
  }

  private TestDesk.Browser browser(String network) {
    TestDesk.Browser browser = desk.new Browser();
    browser.network = Optional.of(network);
    return browser;
  }

  private static HttpResponse<String> signIn(TestDesk.Browser in, String email, String password) {
    return in.postOnly("/desk/sign-in", "email", email, "password", password);
  }

  /** What an answer tells: all but the address that was typed. */
  private static String told(HttpResponse<String> answer, String typed) {
    return answer.statusCode()
        + " "
        + answer.headers().firstValue("Location").orElse("")
        + answer.headers().firstValue("Retry-After").orElse("")
        + answer.body().replace(typed, "…");
  }

  @Test
  void anAttackerUsesUpEverythingAndStaffStillComeIn() {
    StaffMember ada = desk.staff(ADA, "Ada Lovelace", APPROVER);
    desk.features.staff.setPassword("system", ada, PASSWORD);
    TestDesk.Browser hers = browser("192.0.2.7");
    assertThat(signIn(hers, ADA, PASSWORD).statusCode()).isEqualTo(303);
    assertThat(hers.cookie.orElseThrow()).contains("tocsin-seen=").doesNotContain("ada");
    hers.get("/desk/account");
    hers.post("/desk/sign-out");

    TestDesk.Browser attacker = browser("192.0.2.7");
    for (int i = 0; i < 6; i++) {
      signIn(attacker, ADA, "not the password");
    }
    for (int i = 0; i < 12; i++) {
      desk.new Browser().postOnly("/desk/sign-in/link", "email", ADA);
      attacker.postOnly("/desk/sign-in/link", "email", ADA);
    }
    desk.features.signInLinks.round();
    assertThat(signIn(attacker, ADA, PASSWORD).statusCode()).isEqualTo(429);
    int caused = letters.count("sign_in");
    assertThat(caused).isEqualTo(5);
    String last = letters.link("sign_in");

    assertThat(signIn(hers, ADA, PASSWORD).statusCode()).isEqualTo(303);
    hers.get("/desk/account");
    hers.post("/desk/sign-out");
    hers.postOnly("/desk/sign-in/link", "email", ADA);
    desk.features.signInLinks.round();
    assertThat(letters.count("sign_in")).as("her own, at once").isEqualTo(caused + 1);
    assertThat(hers.postOnly(letters.link("sign_in")).statusCode()).isEqualTo(303);

    TestDesk.Browser anywhere = browser("203.0.113.5");
    assertThat(anywhere.get(last).statusCode()).isEqualTo(200);
    assertThat(anywhere.postOnly(last).statusCode()).isEqualTo(303);
    assertThat(browser("203.0.113.5").postOnly(last).statusCode()).isEqualTo(410);
  }

  @Test
  void aMailedLinkIsBoundAndItsCodeWorksWhereItWasAskedFor() {
    desk.staff(ADA, "Ada Lovelace", APPROVER);
    TestDesk.Browser laptop = browser("192.0.2.7");
    laptop.postOnly("/desk/sign-in/link", "email", ADA);
    desk.features.signInLinks.round();
    TestDesk.Browser phone = browser("203.0.113.5");
    assertThat(phone.get(letters.link("sign_in")).statusCode()).isEqualTo(403);
    assertThat(phone.get(letters.link("sign_in")).body())
        .contains("Open this link where you asked for it")
        .doesNotContain("<form method=\"post\" action=\"/desk/sign-in/");
    assertThat(phone.postOnly(letters.link("sign_in")).statusCode()).isEqualTo(403);
    assertThat(laptop.get("/desk/sign-in/sent").body())
        .contains("action=\"/desk/sign-in/code\"", "name=\"code\"");
    String code = letters.code("sign_in");
    assertThat(phone.postOnly("/desk/sign-in/code", "code", code).statusCode()).isEqualTo(422);
    assertThat(laptop.postOnly("/desk/sign-in/code", "code", "22222222").body())
        .contains("This code does not work here");
    assertThat(laptop.postOnly("/desk/sign-in/code", "code", code).statusCode()).isEqualTo(303);
    assertThat(laptop.get("/desk/account").body()).contains("Ada Lovelace");
  }

  @Test
  void aMemberComesInWhoeverTriesAndByCode() {
    enrol();
    TestDesk.Browser hers = browser("192.0.2.7");
    hers.postOnly("/portal/sign-in", "email", ADA);
    desk.features.portalLinks.round();
    String code = letters.code("portal_link");
    assertThat(browser("192.0.2.7").postOnly("/portal/sign-in/code", "code", code).statusCode())
        .isEqualTo(422);
    assertThat(hers.postOnly("/portal/sign-in/code", "code", code).headers().firstValue("Location"))
        .hasValue("/portal");
    for (int i = 0; i < 15; i++) {
      browser("198.51." + i + ".1").postOnly("/portal/sign-in", "email", ADA);
    }
    desk.features.portalLinks.round();
    int before = letters.count("portal_link");
    assertThat(before).isEqualTo(5);
    assertThat(browser("203.0.113.5").get(letters.link("portal_link")).statusCode()).isEqualTo(200);
    hers.postOnly("/portal/sign-in", "email", ADA);
    desk.features.portalLinks.round();
    assertThat(letters.count("portal_link")).isEqualTo(before + 1);
  }

  /** I16, I22: the same words and states for an address that is known and one that is not. */
  @Test
  void limitsAnswerAlikeKnownOrNot() {
    StaffMember ada = desk.staff(ADA, "Ada Lovelace", APPROVER);
    desk.features.staff.setPassword("system", ada, PASSWORD);
    enrol();
    Set<String> passwords = new LinkedHashSet<>();
    Set<String> links = new LinkedHashSet<>();
    Set<String> codes = new LinkedHashSet<>();
    Set<String> doors = new LinkedHashSet<>();
    int number = 0;
    for (String address : List.of(ADA, "eve@tocsin.example")) {
      TestDesk.Browser asker = browser("198.51." + number++ + ".1");
      StringBuilder password = new StringBuilder();
      StringBuilder link = new StringBuilder();
      StringBuilder code = new StringBuilder();
      for (int i = 0; i < 8; i++) {
        password.append(told(signIn(asker, address, "not the password"), address));
      }
      for (int i = 0; i < 25; i++) {
        link.append(told(asker.postOnly("/desk/sign-in/link", "email", address), address));
      }
      desk.features.signInLinks.round();
      for (int i = 0; i < 8; i++) {
        code.append(told(asker.postOnly("/desk/sign-in/code", "code", "2222222" + i), address));
      }
      StringBuilder door = new StringBuilder();
      for (int i = 0; i < 25; i++) {
        door.append(told(asker.postOnly("/portal/sign-in", "email", address), address));
      }
      desk.features.portalLinks.round();
      for (int i = 0; i < 8; i++) {
        door.append(told(asker.postOnly("/portal/sign-in/code", "code", "2222222" + i), address));
      }
      doors.add(door.toString());
      passwords.add(password.toString());
      links.add(link.toString());
      codes.add(code.toString());
    }
    assertThat(passwords).hasSize(1).first().asString().contains("422", "429");
    assertThat(links).hasSize(1).first().asString().contains("303", "429");
    assertThat(codes).hasSize(1);
    assertThat(doors).hasSize(1).first().asString().contains("303", "429", "422");
  }

  private void enrol() {
    desk.features.members.enrol(
        "system",
        new NewMember(
            Circle.CORRESPONDENT,
            "Ada Ahorn",
            EmailAddress.parse(ADA).orElseThrow(),
            "en",
            List.of(),
            Optional.empty()));
  }

  private HttpResponse<String> subscribe(TestDesk.Browser visitor, String... more) {
    List<String> fields = new java.util.ArrayList<>(List.of("topics", "newsletter"));
    fields.addAll(List.of(more));
    return visitor.postOnly("/subscribe", fields.toArray(String[]::new));
  }

  @Test
  void theTwoHundredAndFirstSignUpOfANetworkIsToldToWaitAndNothingOfTheAddress() {
    TestDesk.Browser hall = browser("192.0.2.7");
    for (int i = 0; i < 200; i++) {
      assertThat(subscribe(hall, "email", i + "@letters.example").statusCode()).isEqualTo(200);
    }
    HttpResponse<String> refused = subscribe(hall, "email", "0@letters.example");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1, 3_600);
    assertThat(refused.body()).contains("Nothing is wrong with what you typed");
    assertThat(told(subscribe(hall, "email", "new@letters.example"), "new@letters.example"))
        .isEqualTo(told(refused, "0@letters.example"));
    assertThat(subscribe(browser("203.0.113.5"), "email", ADA).statusCode()).isEqualTo(200);
    while (desk.features.signUpClerk.round()) {
      // one a round
    }
    desk.features.signUpTally.round();
    TestDesk.Browser editor =
        desk.signedIn(desk.staff("ed@tocsin.example", "Editor", NEWSLETTER_EDITOR));
    assertThat(editor.get("/desk/subscribers").body())
        .contains(
            "180 letters to people who signed up wait for their turn",
            "180 sign-ups postponed, 2 refused because a network was beyond its limit");
  }

  @Test
  void whatFillsTheHiddenFieldIsAnsweredLikeAnyAndDropped() {
    TestDesk.Browser visitor = browser("192.0.2.7");
    HttpResponse<String> form = visitor.get("/subscribe");
    assertThat(form.body())
        .contains("<div hidden>", "<label for=\"trap\">Leave this field empty</label>")
        .contains("tabindex=\"-1\" autocomplete=\"off\"");
    String at = shown(form);
    desk.hub.clock.advance(Duration.ofSeconds(2));
    HttpResponse<String> filled = subscribe(visitor, "email", ADA, "message", "hi", "shown", at);
    assertThat(desk.features.signUpClerk.round()).as("nothing was left").isFalse();
    HttpResponse<String> person = subscribe(visitor, "email", ADA, "message", "", "shown", at);
    assertThat(desk.features.signUpClerk.round()).isTrue();
    assertThat(told(filled, ADA)).isEqualTo(told(person, ADA)).contains("Success!");
    assertThat(desk.features.signUpTally.counted(What.HONEYPOT)).isEqualTo(1);
  }

  @Test
  void whoseBrowserIsQuickerThanAPersonIsAskedToPressOnceMoreAndLosesNothing() {
    TestDesk.Browser visitor = browser("192.0.2.7");
    String at = shown(visitor.get("/subscribe"));
    for (String quick : List.of(at, "x")) {
      HttpResponse<String> asked = subscribe(visitor, "email", ADA, "message", "", "shown", quick);
      assertThat(asked.statusCode()).isEqualTo(422);
      assertThat(asked.body())
          .contains("press the button once more", "href=\"#press\"", "value=\"" + ADA + "\"")
          .doesNotContain("Success!");
      assertThat(desk.features.signUpClerk.round()).isFalse();
      desk.hub.clock.advance(Duration.ofSeconds(2));
      assertThat(subscribe(visitor, "email", ADA, "message", "", "shown", shown(asked)).body())
          .contains("Success!");
      assertThat(desk.features.signUpClerk.round()).isTrue();
    }
    assertThat(desk.features.signUpTally.counted(What.TOO_FAST)).isEqualTo(2);
  }

  @Test
  void theFormOfApplicantsHasTheSameTrapsAndTheirDeskSeesWhatWasHeldBack() {
    TestDesk.Browser visitor = browser("192.0.2.7");
    String at = shown(visitor.get("/correspondents/apply"));
    HttpResponse<String> asked = apply(visitor, "message", "", "shown", at);
    assertThat(asked.statusCode()).isEqualTo(422);
    assertThat(asked.body()).contains("press the button once more", "value=\"" + ADA + "\"");
    desk.hub.clock.advance(Duration.ofSeconds(2));
    assertThat(apply(visitor, "message", "hi", "shown", at).body()).contains("Thank you");
    assertThat(desk.features.applicationClerk.round()).as("nothing was left").isFalse();
    assertThat(apply(visitor, "message", "", "shown", shown(asked)).body()).contains("Thank you");
    assertThat(desk.features.applicationClerk.round()).isTrue();
    for (int i = 0; i < 5; i++) {
      apply(visitor);
    }
    while (desk.features.applicationClerk.round()) {
      // one a round
    }
    desk.features.applicationTally.round();
    TestDesk.Browser officer =
        desk.signedIn(desk.staff("m@tocsin.example", "Jamal", MEMBERSHIP_OFFICER));
    assertThat(officer.get("/desk/members/applications").body())
        .contains(
            "0 applications postponed, 0 refused because a network was beyond its limit, 1 filled"
                + " in by a machine and dropped, 1 sent so quickly",
            "2 without a new letter");
  }

  private static HttpResponse<String> apply(TestDesk.Browser in, String... more) {
    List<String> fields =
        new ArrayList<>(List.of("name", "Ada Lovelace", "email", ADA, "academy", "NAS"));
    fields.addAll(List.of(more));
    return in.postOnly("/correspondents/apply", fields.toArray(String[]::new));
  }

  private static String shown(HttpResponse<String> form) {
    Matcher shown = SHOWN.matcher(form.body());
    assertThat(shown.find()).isTrue();
    return shown.group(1);
  }

  @Test
  void whoMendsATypingMistakeQuicklyIsNoMachine() {
    TestDesk.Browser visitor = browser("192.0.2.7");
    Matcher shown = SHOWN.matcher(visitor.get("/subscribe").body());
    assertThat(shown.find()).isTrue();
    desk.hub.clock.advance(Duration.ofSeconds(5));
    HttpResponse<String> wrong =
        subscribe(visitor, "email", "a@@b", "message", "", "shown", shown.group(1));
    Matcher again = SHOWN.matcher(wrong.body());
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(again.find()).isTrue();
    subscribe(visitor, "email", ADA, "message", "", "shown", again.group(1));
    assertThat(desk.features.signUpClerk.round()).isTrue();
  }

  @Test
  void aSubscriberIsKnownAgainInTheBrowserThatConfirmed() {
    TestDesk.Browser hers = browser("192.0.2.7");
    subscribe(hers, "email", ADA);
    desk.features.signUpClerk.round();
    hers.postOnly(letters.link("confirmation"));
    assertThat(hers.cookie.orElseThrow()).contains("tocsin-seen=");
    for (int i = 0; i < 15; i++) {
      browser("198.51." + i + ".1").postOnly("/preferences", "email", ADA);
    }
    while (desk.features.signUpClerk.round()) {
      // one a round
    }
    int caused = letters.count("new_link");
    assertThat(caused).as("five with the confirmation").isEqualTo(4);
    hers.postOnly("/preferences", "email", ADA);
    desk.features.signUpClerk.round();
    assertThat(letters.count("new_link")).isEqualTo(caused + 1);
  }
}
