package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.Addressee;
import org.tocsin.broadcasts.Audience.Recipient;
import org.tocsin.subscribers.SubscriberAudience;

/** What the public and a person see of signing up, choosing and leaving, over HTTP. */
class PersonPagesTest {
  private static final String DALIA = "dalia@science-park.example";

  private final TestDesk desk = new TestDesk();
  private final Letters letters = new Letters(desk);
  private final TestDesk.Browser visitor = desk.new Browser();

  @AfterEach
  void close() {
    desk.close();
  }

  private HttpResponse<String> signUp(String email, String... topics) {
    String[] fields = new String[4 + 2 * topics.length];
    fields[0] = "email";
    fields[1] = email;
    fields[2] = "language";
    fields[3] = "en";
    for (int i = 0; i < topics.length; i++) {
      fields[4 + 2 * i] = "topics";
      fields[5 + 2 * i] = topics[i];
    }
    return visitor.postOnly("/subscribe", fields);
  }

  private void work() {
    while (desk.features.signUpClerk.round()) {
      // one request a round
    }
  }

  private String active(String email, String... topics) {
    assertThat(signUp(email, topics).statusCode()).isEqualTo(200);
    work();
    HttpResponse<String> confirmed = visitor.postOnly(letters.link("confirmation"));
    assertThat(confirmed.statusCode()).isEqualTo(200);
    assertThat(confirmed.body()).contains("You are signed up");
    java.util.regex.Matcher link =
        java.util.regex.Pattern.compile("/preferences/[a-z2-7]+").matcher(confirmed.body());
    assertThat(link.find()).isTrue();
    return link.group();
  }

  private Map<String, String> holes() {
    Addressee addressee =
        desk.features
            .subscriberAudience
            .reach(
                desk.hub.courier,
                SubscriberAudience.selection(List.of("newsletter", "events")),
                List.of(new Recipient(1, Map.of())))
            .get(1L);
    return ((Addressee.Reachable) Objects.requireNonNull(addressee)).holes();
  }

  private String unsubscribePath() {
    return "/u/" + holes().get("unsubscribe_token");
  }

  @Test
  void theFormHasItsThreeStates() {
    assertThat(visitor.get("/subscribe").body())
        .contains("Stay connected", "Monthly newsletter", "name=\"topics\"", "name=\"language\"");
    HttpResponse<String> missing = signUp("", "newsletter");
    assertThat(missing.statusCode()).isEqualTo(422);
    assertThat(missing.body()).contains("Enter a valid email address");
    HttpResponse<String> malformed = signUp("two@@signs.example", "newsletter");
    assertThat(malformed.statusCode()).isEqualTo(422);
    assertThat(malformed.body()).contains("Invalid email address", "two@@signs.example");
    assertThat(signUp(DALIA).body()).contains("Choose at least one topic");
    HttpResponse<String> success = signUp(DALIA, "newsletter");
    assertThat(success.statusCode()).isEqualTo(200);
    assertThat(success.body()).contains("Success!");
  }

  @Test
  void theAnswerIsTheSameToTheByteWhoeverItIs() {
    active("active@science-park.example", "newsletter");
    signUp("pending@science-park.example", "newsletter");
    work();
    String gone = active("gone@science-park.example", "newsletter");
    assertThat(visitor.postOnly(gone + "/erase", "sure", "yes").statusCode()).isEqualTo(200);
    String answer = signUp("unknown@science-park.example", "newsletter").body();
    for (String known : List.of("active", "pending", "gone")) {
      HttpResponse<String> other = signUp(known + "@science-park.example", "newsletter");
      assertThat(other.body()).as(known).isEqualTo(answer);
      assertThat(other.statusCode()).isEqualTo(200);
    }
    String link = visitor.postOnly("/preferences", "email", "nobody@science-park.example").body();
    assertThat(visitor.postOnly("/preferences", "email", "active@science-park.example").body())
        .isEqualTo(link);
  }

  @Test
  void aLookAtAConfirmationChangesNothingAndTheButtonConfirms() {
    signUp(DALIA, "newsletter", "torture");
    work();
    String link = letters.link("confirmation");
    assertThat(visitor.get(link).body())
        .contains("Monthly newsletter", "Torture", "method=\"post\"");
    assertThat(visitor.get(link).statusCode()).isEqualTo(200);
    assertThat(desk.features.subscribers.overview().all()).isEqualTo(1);
    assertThat(desk.features.subscribers.overview().topics()).isEmpty();
    assertThat(visitor.postOnly(link).body()).contains("You are signed up");
    assertThat(visitor.postOnly(link).body()).contains("You are signed up");
    assertThat(desk.features.subscribers.overview().topics()).containsKeys("newsletter", "torture");
    desk.hub.clock.advance(Duration.ofDays(8));
    assertThat(visitor.get(link).statusCode()).isEqualTo(410);
    assertThat(visitor.postOnly(link).statusCode()).isEqualTo(410);
    assertThat(visitor.get("/confirm/nonsense").statusCode()).isEqualTo(404);
  }

  @Test
  void oneClickLeavesWithoutCookieTokenOrRedirect() {
    active(DALIA, "newsletter", "events");
    String path = unsubscribePath();
    HttpResponse<String> look = visitor.get(path);
    assertThat(look.statusCode()).isEqualTo(200);
    assertThat(look.body()).contains("Monthly newsletter");
    assertThat(desk.features.subscribers.overview().topics()).containsKey("newsletter");
    HttpResponse<String> urlencoded = visitor.postOnly(path, "List-Unsubscribe", "One-Click");
    assertThat(urlencoded.statusCode()).isEqualTo(200);
    assertThat(urlencoded.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(desk.features.subscribers.overview().topics()).isEmpty();
    HttpResponse<String> multipart =
        visitor.send(
            visitor
                .request(path)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n")));
    assertThat(multipart.statusCode()).isEqualTo(200);
    assertThat(multipart.body()).isEqualTo(urlencoded.body());
    assertThat(visitor.postOnly("/u/nonsense").statusCode()).isEqualTo(404);
  }

  @Test
  void anUnsubscribeLinkOutlivesItsPerson() {
    String preferences = active(DALIA, "newsletter");
    String path = unsubscribePath();
    assertThat(visitor.postOnly(preferences + "/erase", "sure", "yes").body()).contains("Erased");
    desk.hub.clock.advance(Duration.ofDays(4_000));
    assertThat(visitor.get(path).statusCode()).isEqualTo(200);
    assertThat(visitor.postOnly(path).statusCode()).isEqualTo(200);
  }

  @Test
  void choicesAreShownAsTheyWereSaved() {
    String preferences = active(DALIA, "newsletter");
    String saved = visitor.postOnly(preferences, "topics", "torture", "language", "en").body();
    assertThat(saved)
        .contains("Saved", "value=\"torture\" checked")
        .doesNotContain("value=\"newsletter\" checked");
    assertThat(visitor.postOnly(preferences + "/pause").body())
        .contains("Your mail is paused", preferences + "/resume");
    assertThat(visitor.postOnly(preferences + "/resume").body())
        .contains(preferences + "/pause")
        .doesNotContain("Your mail is paused");
    assertThat(visitor.postOnly(preferences + "/leave").body())
        .contains("You get no mail from us")
        .doesNotContain("checked");
    assertThat(visitor.postOnly(preferences + "/pause").body())
        .as("who has left cannot pause, and is not told so")
        .doesNotContain("Paused.");
    assertThat(visitor.postOnly(preferences + "/resume").body()).doesNotContain("Welcome back");
    assertThat(visitor.postOnly(preferences, "topics", "nonsense", "language", "en").statusCode())
        .isEqualTo(422);
  }

  @Test
  void aPersonTakesTheirDataAndGoes() {
    String preferences = active(DALIA, "newsletter");
    HttpResponse<String> data = visitor.postOnly(preferences + "/data");
    assertThat(data.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("attachment");
    assertThat(data.body()).contains(DALIA, "subscriber.confirmed");
    assertThat(visitor.postOnly(preferences + "/erase").statusCode()).isEqualTo(422);
    assertThat(visitor.postOnly(preferences + "/erase", "sure", "yes").statusCode()).isEqualTo(200);
    assertThat(visitor.get(preferences).statusCode()).isEqualTo(410);
  }

  @Test
  void anAddressIsChangedWhenBothMailboxesAgree() {
    String preferences = active(DALIA, "newsletter");
    assertThat(visitor.postOnly(preferences + "/address", "email", "two@@x").statusCode())
        .isEqualTo(422);
    assertThat(visitor.postOnly(preferences + "/address", "email", DALIA).statusCode())
        .isEqualTo(422);
    assertThat(visitor.postOnly(preferences + "/address", "email", "new@bücher.example").body())
        .contains("waits for both letters");
    String old = letters.link("address_old");
    String fresh = letters.link("address_new");
    assertThat(visitor.get(old).body()).contains("new@bücher.example");
    assertThat(visitor.postOnly(old).body()).contains("One of two");
    assertThat(visitor.postOnly(fresh).body()).contains("Your address is changed");
    assertThat(visitor.get(preferences).statusCode()).isEqualTo(410);
  }

  @Test
  void aTooOldLinkOffersANewOne() {
    String preferences = active(DALIA, "newsletter");
    desk.hub.clock.advance(Duration.ofDays(62));
    HttpResponse<String> old = visitor.get(preferences);
    assertThat(old.statusCode()).isEqualTo(410);
    assertThat(old.body()).contains("action=\"/preferences\"");
    assertThat(visitor.postOnly("/preferences", "email", DALIA).body())
        .contains("Look into your mailbox");
    work();
    assertThat(visitor.get(letters.link("new_link")).statusCode()).isEqualTo(200);
  }
}
