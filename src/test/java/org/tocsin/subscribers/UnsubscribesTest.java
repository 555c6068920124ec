package org.tocsin.subscribers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.subscribers.Subscription.State;
import org.tocsin.subscribers.Unsubscribes.Lists;

class UnsubscribesTest {
  private static final String DALIA = "dalia@science-park.example";

  private final PeopleFixture people = new PeopleFixture();

  @AfterEach
  void close() {
    people.close();
  }

  private String token(Person person, String... through) {
    return people.links.unsubscribe(person.id(), List.of(through));
  }

  @Test
  void lookingChangesNothing() {
    Person person = people.active(DALIA, "newsletter");
    assertThat(people.unsubscribes.look(token(person, "newsletter")).orElseThrow().topics())
        .containsExactly("newsletter");
    assertThat(people.person(DALIA)).isEqualTo(person);
  }

  @Test
  void leavingOneListLeavesThatListOnly() {
    Person person = people.active(DALIA, "newsletter", "events");
    people.unsubscribes.leave(token(person, "newsletter"));
    assertThat(people.person(DALIA).topics(State.ACTIVE)).containsExactly("events");
    assertThat(people.person(DALIA).topics(State.LEFT)).containsExactly("newsletter");
    assertThat(people.person(DALIA).state()).isEqualTo(SubscriberState.ACTIVE);
  }

  @Test
  void aMailThatCameThroughTwoListsLeavesBoth() {
    Person person = people.active(DALIA, "newsletter", "events", "torture");
    people.unsubscribes.leave(token(person, "newsletter", "torture"));
    assertThat(people.person(DALIA).topics(State.ACTIVE)).containsExactly("events");
  }

  @Test
  void leavingTheLastListIsLeaving() {
    Person person = people.active(DALIA, "newsletter", "events");
    people.unsubscribes.leave(token(person, "newsletter"));
    people.unsubscribes.leave(token(person, "events"));
    assertThat(people.person(DALIA).state()).isEqualTo(SubscriberState.UNSUBSCRIBED);
  }

  @Test
  void leavingAllLeavesAll() {
    Person person = people.active(DALIA, "newsletter", "events");
    people.unsubscribes.leaveAll(token(person, "newsletter"));
    assertThat(people.person(DALIA).state()).isEqualTo(SubscriberState.UNSUBSCRIBED);
    assertThat(people.person(DALIA).topics(State.LEFT)).containsExactly("events", "newsletter");
  }

  @Test
  void unsubscribingTwiceChangesNothing() {
    Person person = people.active(DALIA, "newsletter");
    Lists first = people.unsubscribes.leave(token(person, "newsletter")).orElseThrow();
    Person left = people.person(DALIA);
    people.hub.clock.advance(Duration.ofDays(400));
    assertThat(people.unsubscribes.leave(token(person, "newsletter"))).contains(first);
    assertThat(people.person(DALIA)).isEqualTo(left);
    assertThat(people.actions(left)).filteredOn("subscriber.left"::equals).hasSize(1);
  }

  @Test
  void aLinkWorksAfterThePersonIsGone() {
    Person person = people.active(DALIA, "newsletter");
    String token = token(person, "newsletter");
    assertThat(people.preferences.erase(people.preferencesOf(person))).isTrue();
    assertThat(people.unsubscribes.look(token).orElseThrow().topics())
        .containsExactly("newsletter");
    assertThat(people.unsubscribes.leave(token).orElseThrow().topics())
        .containsExactly("newsletter");
  }

  @Test
  void aTopicTheDeploymentDroppedCanStillBeLeft() {
    Person person = people.active(DALIA, "newsletter");
    people.hub.hub.run("UPDATE people.subscription SET topic = 'dropped'");
    people.unsubscribes.leave(token(person, "dropped"));
    assertThat(people.person(DALIA).state()).isEqualTo(SubscriberState.UNSUBSCRIBED);
  }

  @Test
  void whoPausedAndLeavesHasLeft() {
    Person person = people.active(DALIA, "newsletter");
    assertThat(people.preferences.pause(people.preferencesOf(person))).isPresent();
    people.unsubscribes.leave(token(person, "newsletter"));
    assertThat(people.person(DALIA).state()).isEqualTo(SubscriberState.UNSUBSCRIBED);
  }

  @Test
  void aForgedLinkLeavesNothing() {
    people.active(DALIA, "newsletter");
    assertThat(people.unsubscribes.leave("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")).isEmpty();
    assertThat(people.person(DALIA).state()).isEqualTo(SubscriberState.ACTIVE);
  }
}
