package org.tocsin.subscribers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.subscribers.Confirmations.Standing;
import org.tocsin.subscribers.Subscription.State;

class ConfirmationsTest {
  private static final String DALIA = "dalia@science-park.example";

  private final PeopleFixture people = new PeopleFixture();

  @AfterEach
  void close() {
    people.close();
  }

  @Test
  void lookingAtALinkChangesNothing() {
    people.signUp(DALIA, "newsletter");
    Person before = people.person(DALIA);
    assertThat(people.look(people.lastLetter()))
        .isEqualTo(new Standing.Waiting(before, List.of("newsletter")));
    assertThat(people.person(DALIA)).isEqualTo(before);
  }

  @Test
  void theButtonConfirms() {
    people.signUp(DALIA, "newsletter", "torture");
    people.confirm(people.lastLetter());
    Person person = people.person(DALIA);
    assertThat(person.state()).isEqualTo(SubscriberState.ACTIVE);
    assertThat(person.confirmedAt()).contains(people.hub.clock.instant());
    assertThat(person.topics(State.ACTIVE)).containsExactly("newsletter", "torture");
    assertThat(people.actions(person)).containsExactly("subscriber.asked", "subscriber.confirmed");
  }

  @Test
  void confirmingTwiceChangesNothingMore() {
    people.signUp(DALIA, "newsletter");
    people.confirm(people.lastLetter());
    Person once = people.person(DALIA);
    people.hub.clock.advance(Duration.ofDays(2));
    people.confirm(people.lastLetter());
    assertThat(people.person(DALIA)).isEqualTo(once);
    assertThat(people.actions(once)).containsExactly("subscriber.asked", "subscriber.confirmed");
  }

  @Test
  void aConfirmedPersonIsOfferedTheirChoices() {
    people.signUp(DALIA, "newsletter");
    Standing.Confirmed confirmed =
        (Standing.Confirmed)
            people.confirmations.confirm(people.lastLetter().token()).orElseThrow();
    String token = confirmed.preferences().substring("/preferences/".length());
    assertThat(people.preferences.open(token)).contains(people.person(DALIA));
  }

  @Test
  void aLinkWorksForSevenDaysAndNotLonger() {
    people.active(DALIA, "newsletter");
    people.signUp(DALIA, "events");
    PeopleFixture.Queued letter = people.lastLetter();
    people.hub.clock.advance(Duration.ofDays(7));
    assertThat(people.look(letter)).isInstanceOf(Standing.Waiting.class);
    people.hub.clock.advance(Duration.ofSeconds(1));
    assertThat(people.look(letter)).isEqualTo(new Standing.Expired());
    assertThat(people.confirmations.confirm(letter.token())).contains(new Standing.Expired());
    assertThat(people.person(DALIA).topics(State.ACTIVE)).containsExactly("newsletter");
  }

  @Test
  void whoNeverConfirmedIsForgottenAfterSevenDays() {
    people.signUp(DALIA, "newsletter");
    people.hub.clock.advance(Duration.ofDays(7).minusSeconds(1));
    assertThat(people.housekeeping.round()).isFalse();
    assertThat(people.known(DALIA)).isTrue();
    people.hub.clock.advance(Duration.ofSeconds(1));
    assertThat(people.housekeeping.round()).isFalse();
    assertThat(people.known(DALIA)).isFalse();
    assertThat(people.look(people.lastLetter())).isEqualTo(new Standing.Expired());
    assertThat(people.confirmations.confirm(people.lastLetter().token()))
        .contains(new Standing.Expired());
    assertThat(people.count("people.sign_up_request")).isZero();
    assertThat(people.count("people.subscription")).isZero();
  }

  @Test
  void whatWasLeftAfterTheMailStaysLeft() {
    Person person = people.active(DALIA, "newsletter", "events");
    PeopleFixture.Queued old = people.lastLetter();
    people.hub.clock.advance(Duration.ofHours(1));
    people.unsubscribes.leave(people.links.unsubscribe(person.id(), List.of("newsletter")));
    people.confirm(old);
    assertThat(people.person(DALIA).topics(State.ACTIVE)).containsExactly("events");
    people.unsubscribes.leaveAll(people.links.unsubscribe(person.id(), List.of("newsletter")));
    assertThat(people.confirmations.confirm(old.token()).orElseThrow())
        .isInstanceOf(Standing.LeftSince.class);
    assertThat(people.person(DALIA).state()).isEqualTo(SubscriberState.UNSUBSCRIBED);
  }

  @Test
  void aStrangersSignUpNeverWipesOutANo() {
    Person person = people.active(DALIA, "newsletter");
    people.hub.clock.advance(Duration.ofHours(1));
    people.unsubscribes.leave(people.links.unsubscribe(person.id(), List.of("newsletter")));
    Person left = people.person(DALIA);
    people.hub.clock.advance(Duration.ofHours(1));
    people.signUp(DALIA, "newsletter");
    people.hub.clock.advance(Duration.ofDays(8));
    assertThat(people.housekeeping.round()).isFalse();
    assertThat(people.person(DALIA)).isEqualTo(left);
    assertThat(left.topics(State.LEFT)).containsExactly("newsletter");
  }

  @Test
  void aLinkWeNeverMadeIsNoLink() {
    assertThat(people.confirmations.look("nonsense")).isEmpty();
    assertThat(people.confirmations.confirm("nonsense")).isEmpty();
  }
}
