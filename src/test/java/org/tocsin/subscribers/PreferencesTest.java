package org.tocsin.subscribers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.subscribers.Subscription.State;

class PreferencesTest {
  private static final String DALIA = "dalia@science-park.example";

  private final PeopleFixture people = new PeopleFixture();

  @AfterEach
  void close() {
    people.close();
  }

  @Test
  void aPersonGetsExactlyWhatTheyChoose() {
    Person person = people.active(DALIA, "newsletter", "events");
    String token = people.preferencesOf(person);
    assertThat(people.preferences.choose(token, List.of("torture", "events"), "en"))
        .as("what is shown after the change is what was changed")
        .contains(people.person(DALIA));
    assertThat(people.person(DALIA).topics(State.ACTIVE)).containsExactly("events", "torture");
    assertThat(people.person(DALIA).topics(State.LEFT)).containsExactly("newsletter");
    assertThat(people.actions(person)).endsWith("subscriber.chose");
  }

  @Test
  void choosingNothingIsLeavingAndChoosingAgainIsComingBack() {
    Person person = people.active(DALIA, "newsletter");
    String token = people.preferencesOf(person);
    assertThat(people.preferences.choose(token, List.of(), "en")).isPresent();
    assertThat(people.person(DALIA).state()).isEqualTo(SubscriberState.UNSUBSCRIBED);
    assertThat(people.preferences.choose(token, List.of("events"), "en")).isPresent();
    assertThat(people.person(DALIA).state()).isEqualTo(SubscriberState.ACTIVE);
    assertThat(people.person(DALIA).topics(State.ACTIVE)).containsExactly("events");
  }

  @Test
  void onlyWhatIsOfferedCanBeChosen() {
    Person person = people.active(DALIA, "newsletter");
    String token = people.preferencesOf(person);
    assertThatThrownBy(() -> people.preferences.choose(token, List.of("secret"), "en"))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> people.preferences.choose(token, List.of("events"), "xx"))
        .isInstanceOf(Invalid.class);
    assertThat(people.person(DALIA)).isEqualTo(person);
  }

  @Test
  void aPauseKeepsTheChoicesAndTheMailAway() {
    Person person = people.active(DALIA, "newsletter");
    String token = people.preferencesOf(person);
    assertThat(people.preferences.pause(token)).isPresent();
    assertThat(people.preferences.pause(token)).isPresent();
    assertThat(people.person(DALIA).state()).isEqualTo(SubscriberState.PAUSED);
    assertThat(people.preferences.choose(token, List.of("events"), "en")).isPresent();
    assertThat(people.person(DALIA).state()).isEqualTo(SubscriberState.PAUSED);
    assertThat(people.preferences.resume(token)).isPresent();
    assertThat(people.person(DALIA).state()).isEqualTo(SubscriberState.ACTIVE);
    assertThat(people.actions(person))
        .endsWith("subscriber.paused", "subscriber.chose", "subscriber.resumed");
  }

  @Test
  void leavingAllLeavesAll() {
    Person person = people.active(DALIA, "newsletter", "events");
    assertThat(people.preferences.leaveAll(people.preferencesOf(person))).isPresent();
    assertThat(people.person(DALIA).state()).isEqualTo(SubscriberState.UNSUBSCRIBED);
  }

  @Test
  void aPersonSeesAllThatIsHeldAboutThem() {
    Person person = people.active(DALIA, "newsletter");
    JsonObject data = people.preferences.download(people.preferencesOf(person)).orElseThrow();
    assertThat(data.getString("address")).isEqualTo(DALIA);
    assertThat(data.getString("state")).isEqualTo("ACTIVE");
    assertThat(data.getString("consent")).isEqualTo("Sign-up form, confirmed by mail");
    assertThat(data.getJsonArray("subscriptions").getJsonObject(0).getString("topic"))
        .isEqualTo("newsletter");
    assertThat(data.getJsonArray("history").stream().map(e -> ((JsonObject) e).getString("action")))
        .containsExactly("subscriber.downloaded", "subscriber.confirmed", "subscriber.asked");
  }

  @Test
  void erasureLeavesAHashAndNothingElse() {
    Person person = people.active(DALIA, "newsletter");
    String token = people.preferencesOf(person);
    assertThat(people.preferences.erase(token)).isTrue();
    assertThat(people.known(DALIA)).isFalse();
    for (String table :
        List.of("subscriber", "subscription", "sign_up_request", "address_change")) {
      assertThat(people.count("people." + table)).as(table).isZero();
    }
    assertThat(
            people.hub.hub.list(
                "SELECT reason FROM engine.suppression", row -> row.getString("reason")))
        .containsExactly("ERASED");
    assertThat(people.actions(person)).endsWith("subscriber.erased");
    assertThat(people.preferences.open(token)).isEmpty();
    assertThat(people.preferences.erase(token)).isFalse();
    int before = people.letters().size();
    people.signUp(DALIA, "newsletter");
    assertThat(people.letters()).hasSize(before);
  }

  @Test
  void aLinkToChoicesEndsAfterSixtyDays() {
    Person person = people.active(DALIA, "newsletter");
    String token = people.preferencesOf(person);
    people.hub.clock.advance(Duration.ofDays(60));
    assertThat(people.preferences.open(token)).isPresent();
    people.hub.clock.advance(Duration.ofDays(1));
    assertThat(people.preferences.open(token)).isEmpty();
    assertThat(people.preferences.leaveAll(token)).isEmpty();
    assertThat(people.person(DALIA).state()).isEqualTo(SubscriberState.ACTIVE);
  }

  @Test
  void anUnsubscribeLinkOpensNoChoices() {
    Person person = people.active(DALIA, "newsletter");
    assertThat(
            people.preferences.open(people.links.unsubscribe(person.id(), List.of("newsletter"))))
        .isEmpty();
  }
}
