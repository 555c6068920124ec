package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.access.Role.MEMBERSHIP_OFFICER;

import com.microsoft.playwright.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Asker;
import org.tocsin.access.StaffMember;
import org.tocsin.broadcasts.Addressee;
import org.tocsin.broadcasts.Audience.Recipient;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.subscribers.SignUp;
import org.tocsin.subscribers.SubscriberAudience;
import org.tocsin.testing.Chromium;
import org.tocsin.testing.Looks;

/** Signing up, choosing, leaving and the desk's people in a real browser. */
class PeopleLooksTest {

  private final Chromium chromium = Chromium.open();
  private final TestDesk desk = new TestDesk();
  private final Letters letters = new Letters(desk);

  @AfterEach
  void close() {
    desk.close();
    chromium.close();
  }

  private void signUp(int network, String email, String... topics) {
    desk.features.signUps.request(
        SignUp.of(
            email,
            List.of(topics),
            "en",
            desk.features.topics,
            desk.features.languages,
            desk.features.languages.in("en")),
        Asker.stranger(SourceNetwork.of("192.0." + network + ".1")));
    assertThat(desk.features.signUpClerk.round()).isTrue();
  }

  private String confirm() {
    String path = letters.link("confirmation");
    return ((org.tocsin.subscribers.Confirmations.Standing.Confirmed)
            desk.features.confirmations.confirm(path.substring("/confirm/".length())).orElseThrow())
        .preferences();
  }

  private String unsubscribePath() {
    Addressee addressee =
        desk.features
            .subscriberAudience
            .reach(
                desk.hub.courier,
                SubscriberAudience.selection(List.of("newsletter")),
                List.of(new Recipient(1, Map.of())))
            .get(1L);
    return "/u/"
        + ((Addressee.Reachable) Objects.requireNonNull(addressee))
            .holes()
            .get("unsubscribe_token");
  }

  @Test
  void everyPageIsAccessibleAndFitsTheWindow() {
    signUp(1, "thandiwe.o-brien-and-a-long-name@mail.uni-north.example", "newsletter", "torture");
    String preferences = confirm();
    for (int i = 2; i < 8; i++) {
      signUp(i, "person" + i + "@science-park.example", "newsletter", "events");
      if (i % 2 == 0) {
        confirm();
      }
    }
    String unsubscribe = unsubscribePath();
    String code = VerifyPageTest.codeFor(desk, "ada.ahorn@uni.example");
    StaffMember officer = desk.staff("officer@tocsin.example", "Zofia Haddad", MEMBERSHIP_OFFICER);
    assertThat(
            Looks.walk(
                chromium,
                "people",
                () ->
                    walk(
                        preferences,
                        code,
                        unsubscribe,
                        "/desk/sign-in/" + desk.features.signInLinks.print("system", officer))))
        .isEmpty();
  }

  private Map<String, Consumer<Page>> walk(
      String preferences, String code, String unsubscribe, String signIn) {
    Map<String, Consumer<Page>> walk = new LinkedHashMap<>();
    walk.put("subscribe", page -> page.navigate(desk.url("/subscribe")));
    walk.put(
        "subscribe-wrong",
        page -> {
          page.fill("#email", "two@@signs.example");
          page.click("main form button");
        });
    walk.put(
        "subscribe-success",
        page -> {
          page.fill("#email", "quynh@science-park.example");
          page.click("main form button");
        });
    walk.put("confirm", page -> page.navigate(desk.url(letters.link("confirmation"))));
    walk.put("confirm-expired", page -> page.navigate(desk.url("/confirm/nonsense")));
    walk.put("preferences", page -> page.navigate(desk.url(preferences)));
    walk.put("preferences-link", page -> page.navigate(desk.url("/preferences")));
    walk.put("verify", page -> page.navigate(desk.url("/verify")));
    walk.put("verify-missing", page -> page.click("main form button"));
    walk.put(
        "verify-unknown",
        page -> {
          page.fill("#code", "AAAAA-BBBBB-CCCCC");
          page.click("main form button");
        });
    walk.put(
        "verify-ours",
        page -> {
          page.fill("#code", code);
          page.click("main form button");
        });
    walk.put("unsubscribe", page -> page.navigate(desk.url(unsubscribe)));
    walk.put("unsubscribe-done", page -> page.click("main form button >> nth=0"));
    walk.put(
        "desk",
        page -> {
          page.navigate(desk.url(signIn));
          page.click("main form button");
          page.navigate(desk.url("/desk/subscribers"));
        });
    walk.put(
        "desk-not-found",
        page -> {
          page.fill("#email", "nobody@science-park.example");
          page.click(".joined button");
        });
    walk.put("desk-one", page -> page.navigate(desk.url("/desk/subscribers/1")));
    walk.put("desk-one-open", page -> page.click(".title button"));
    walk.put("desk-erase", page -> page.navigate(desk.url("/desk/subscribers/1/erase")));
    return walk;
  }
}
