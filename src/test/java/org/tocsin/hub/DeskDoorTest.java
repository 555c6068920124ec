package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.access.Role.APPROVER;
import static org.tocsin.access.Role.SECURITY_ADMIN;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.StaffMember;

class DeskDoorTest {
  private static final String ADA = "ada@tocsin.example";
  private static final String PASSWORD = "a bell that rings at night";

  private final TestDesk desk = new TestDesk();
  private final TestDesk.Browser browser = desk.new Browser();

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void aPasswordOpensTheDesk() {
    withPassword();
    assertThat(browser.get("/desk/sign-in").statusCode()).isEqualTo(200);
    HttpResponse<String> in = signIn(ADA, PASSWORD);
    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(in.headers().firstValue("Location")).hasValue("/desk");
    assertThat(browser.get("/desk/account").body()).contains("Ada Lovelace").contains(ADA);
    assertThat(browser.get("/desk/sign-in").statusCode()).isEqualTo(303);
  }

  @Test
  void theCookieIsOutOfReachOfScriptsAndOtherSites() {
    withPassword();
    assertThat(signIn(ADA, PASSWORD).headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("tocsin=")
        .containsIgnoringCase("; HttpOnly")
        .contains("; SameSite=Lax")
        .contains("; Path=/")
        .doesNotContain("Domain")
        .doesNotContain("Secure");
    try (TestDesk secure =
        new TestDesk(Map.of("TOCSIN_HTTP_PUBLIC_URL", "https://hub.tocsin.example/"))) {
      StaffMember ada = secure.staff(ADA, "Ada Lovelace", APPROVER);
      String link = "/desk/sign-in/" + secure.features.signInLinks.print("system", ada);
      HttpResponse<String> in = secure.new Browser().postOnly(link);
      assertThat(in.headers().firstValue("Set-Cookie").orElseThrow())
          .startsWith("__Host-tocsin=")
          .containsIgnoringCase("; HttpOnly")
          .contains("; Secure")
          .contains("; SameSite=Lax")
          .contains("; Path=/")
          .doesNotContain("Domain");
    }
  }

  @Test
  void knownAndUnknownAddressesGetTheSameWords() {
    withPassword();
    HttpResponse<String> known = signIn(ADA, "not the password");
    HttpResponse<String> unknown = signIn("eve@tocsin.example", "not the password");
    assertThat(known.statusCode()).isEqualTo(422).isEqualTo(unknown.statusCode());
    assertThat(unknown.body().replace("eve@", "ada@"))
        .isEqualTo(known.body())
        .contains("This address and password do not belong together");
    assertThat(known.body()).doesNotContain("not the password");
  }

  @Test
  void fiveWrongPasswordsAreEnough() {
    withPassword();
    for (int i = 0; i < 5; i++) {
      assertThat(signIn(ADA, "not the password").statusCode()).isEqualTo(422);
    }
    HttpResponse<String> refused = signIn(ADA, PASSWORD);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).contains("Too many tries. Wait 15 minutes");
    desk.hub.clock.advance(Duration.ofMinutes(15));
    assertThat(signIn(ADA, PASSWORD).statusCode()).isEqualTo(303);
  }

  @Test
  void emptyFieldsAreNamed() {
    assertThat(signIn("", "").body()).contains("href=\"#email\"").contains("Enter your e-mail");
    assertThat(signIn(ADA, "").body()).contains("href=\"#password\"");
    assertThat(browser.postOnly("/desk/sign-in/link", "email", "").statusCode()).isEqualTo(422);
  }

  @Test
  void aBrowserCannotBringItsOwnSession() {
    withPassword();
    String planted = "x".repeat(43);
    browser.cookie = Optional.of("tocsin=" + planted);
    signIn(ADA, PASSWORD);
    assertThat(browser.cookie).isPresent().get().isNotEqualTo("tocsin=" + planted);
    TestDesk.Browser attacker = desk.new Browser();
    attacker.cookie = Optional.of("tocsin=" + planted);
    assertThat(attacker.get("/desk/account").statusCode()).isEqualTo(303);
  }

  @Test
  void signingInAgainEndsTheSessionBefore() {
    withPassword();
    signIn(ADA, PASSWORD);
    String before = browser.cookie.orElseThrow();
    signIn(ADA, PASSWORD);
    TestDesk.Browser old = desk.new Browser();
    old.cookie = Optional.of(before);
    assertThat(old.get("/desk/account").statusCode()).isEqualTo(303);
    assertThat(browser.get("/desk/account").statusCode()).isEqualTo(200);
  }

  @Test
  void aLinkIsOnlyShownByAGetAndUsedOnceByThePost() {
    StaffMember ada = desk.staff(ADA, "Ada Lovelace", APPROVER);
    String link = "/desk/sign-in/" + desk.features.signInLinks.print("system", ada);
    for (int scan = 0; scan < 3; scan++) {
      HttpResponse<String> shown = desk.new Browser().get(link);
      assertThat(shown.statusCode()).isEqualTo(200);
      assertThat(shown.body()).contains("<button>Sign in</button>").doesNotContain("Ada");
      assertThat(shown.headers().firstValue("Set-Cookie")).isEmpty();
      assertThat(shown.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
      assertThat(shown.headers().firstValue("Cache-Control")).hasValue("no-store");
    }
    TestDesk.Browser scanner = desk.new Browser();
    assertThat(
            scanner
                .send(scanner.request(link).method("HEAD", HttpRequest.BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(200);

    assertThat(browser.postOnly(link).statusCode()).isEqualTo(303);
    assertThat(browser.get("/desk/account").statusCode()).isEqualTo(200);

    HttpResponse<String> again = desk.new Browser().postOnly(link);
    assertThat(again.statusCode()).isEqualTo(410);
    assertThat(again.body()).contains("used already").doesNotContain("<form");
    assertThat(desk.new Browser().get(link).statusCode()).isEqualTo(410);
    assertThat(desk.new Browser().get("/desk/sign-in/" + "x".repeat(150)).statusCode())
        .isEqualTo(410);
  }

  @Test
  void anOldLinkSaysSo() {
    StaffMember ada = desk.staff(ADA, "Ada Lovelace", APPROVER);
    String link = "/desk/sign-in/" + desk.features.signInLinks.print("system", ada);
    desk.hub.clock.advance(Duration.ofHours(24));
    assertThat(browser.get(link).statusCode()).isEqualTo(410);
    assertThat(browser.postOnly(link).statusCode()).isEqualTo(410);
  }

  @Test
  void whoAsksForALinkGetsTheSameAnswerKnownOrNotAndOnlyTheKnownAMail() {
    desk.staff(ADA, "Ada Lovelace", APPROVER);
    for (String address : new String[] {ADA, "eve@tocsin.example", "no address at all"}) {
      HttpResponse<String> asked =
          browser.postOnly("/desk/sign-in/link", "email", address, "password", "");
      assertThat(asked.statusCode()).isEqualTo(303);
      assertThat(asked.headers().firstValue("Location")).hasValue("/desk/sign-in/sent");
    }
    assertThat(browser.get("/desk/sign-in/sent").body()).contains("Look in your mailbox");
    desk.features.signInLinks.round();

    assertThat(count("SELECT count(*) AS n FROM engine.broadcast WHERE kind = 'sign_in'"))
        .isEqualTo(1);
    String content =
        desk.hub.hub.get(
            "SELECT body::text AS body FROM engine.content", row -> row.getString("body"));
    assertThat(content).contains("{{url}}").doesNotContain(ADA).doesNotContain("Ada");
    assertThat(content).contains("works once").contains("Your link to sign in to");

    JsonObject holes =
        new JsonObject(
            desk.hub
                .keyring
                .sealer()
                .open(
                    "recipient.holes",
                    desk.hub.hub.get(
                        "SELECT holes FROM engine.recipient",
                        row -> row.getBuffer("holes").getBytes())));
    assertThat(holes.getString("to")).isEqualTo(ADA);
    assertThat(holes.getString("url")).startsWith("http://localhost:8080/desk/sign-in/");
    String path = holes.getString("url").substring("http://localhost:8080".length());
    assertThat(browser.postOnly(path).statusCode()).isEqualTo(303);
    assertThat(browser.get("/desk/account").statusCode()).isEqualTo(200);
  }

  @Test
  void whoAsksForTooManyLinksIsToldToWait() {
    for (int i = 0; i < 20; i++) {
      assertThat(browser.postOnly("/desk/sign-in/link", "email", i + "@a.example").statusCode())
          .isEqualTo(303);
    }
    HttpResponse<String> refused = browser.postOnly("/desk/sign-in/link", "email", ADA);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).contains("Too many links were asked for");
  }

  @Test
  void signingOutEndsTheSessionAndTheCookie() {
    StaffMember ada = desk.staff(ADA, "Ada Lovelace", APPROVER);
    TestDesk.Browser her = desk.signedIn(ada);
    String cookie = her.cookie.orElseThrow();
    HttpResponse<String> out = her.post("/desk/sign-out");
    assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    TestDesk.Browser thief = desk.new Browser();
    thief.cookie = Optional.of(cookie);
    assertThat(thief.get("/desk/account").statusCode()).isEqualTo(303);
  }

  @Test
  void anIdleSessionLeadsToTheDoor() {
    TestDesk.Browser her = desk.signedIn(desk.staff(ADA, "Ada Lovelace", SECURITY_ADMIN));
    assertThat(her.get("/desk/staff").statusCode()).isEqualTo(200);
    desk.hub.clock.advance(Duration.ofMinutes(60));
    HttpResponse<String> late = her.get("/desk/staff");
    assertThat(late.statusCode()).isEqualTo(303);
    assertThat(late.headers().firstValue("Location")).hasValue("/desk/sign-in");
  }

  @Test
  void whoSetsAPasswordStaysAndOtherSessionsEnd() {
    StaffMember ada = desk.staff(ADA, "Ada Lovelace", APPROVER);
    TestDesk.Browser her = desk.signedIn(ada);
    TestDesk.Browser other = desk.signedIn(ada);
    HttpResponse<String> weak = her.post("/desk/account/password", "new_password", "short");
    assertThat(weak.statusCode()).isEqualTo(422);
    assertThat(weak.body()).contains("href=\"#new_password\"").contains("Use 12 to 200");
    assertThat(weak.body()).doesNotContain("value=\"short\"");

    HttpResponse<String> set = her.post("/desk/account/password", "new_password", PASSWORD);

    assertThat(set.headers().firstValue("Location")).hasValue("/desk/account?done=password");
    assertThat(her.get("/desk/account?done=password").body()).contains("Your password is set");
    assertThat(other.get("/desk/account").statusCode()).isEqualTo(303);
    assertThat(signIn(ADA, PASSWORD).statusCode()).isEqualTo(303);
    assertThat(browser.get("/desk/account").body()).contains("Change your password");
    assertThat(
            browser
                .post(
                    "/desk/account/password",
                    "present_password",
                    "not the password",
                    "new_password",
                    "another bell altogether")
                .body())
        .contains("This is not your present password");
  }

  @Test
  void signingOutEverywhereEndsEverySession() {
    StaffMember ada = desk.staff(ADA, "Ada Lovelace", APPROVER);
    TestDesk.Browser laptop = desk.signedIn(ada);
    TestDesk.Browser phone = desk.signedIn(ada);
    assertThat(laptop.get("/desk/account").body()).contains("This one");
    laptop.post("/desk/account/sign-out-everywhere");
    assertThat(phone.get("/desk/account").statusCode()).isEqualTo(303);
    assertThat(laptop.get("/desk/account").statusCode()).isEqualTo(303);
  }

  private void withPassword() {
    StaffMember ada = desk.staff(ADA, "Ada Lovelace", APPROVER);
    desk.features.staff.setPassword("system", ada, PASSWORD);
  }

  private HttpResponse<String> signIn(String email, String password) {
    return browser.postOnly("/desk/sign-in", "email", email, "password", password);
  }

  private long count(String sql) {
    return desk.hub.hub.get(sql, row -> row.getLong("n"));
  }
}
