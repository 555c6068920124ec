package org.tocsin.subscribers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.access.Asker;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.platform.errors.HubException.TooMany;
import org.tocsin.subscribers.AddressChanges.Outcome;
import org.tocsin.subscribers.PeopleFixture.Queued;
import org.tocsin.subscribers.Subscription.State;

class AddressChangesTest {
  private static final String OLD = "dalia@science-park.example";
  private static final String NEW = "dalia@bücher.example";

  private final PeopleFixture people = new PeopleFixture();

  @AfterEach
  void close() {
    people.close();
  }

  private void ask(Person person) {
    assertThat(
            people.changes.ask(people.preferencesOf(person), EmailAddress.parse(NEW).orElseThrow()))
        .contains(true);
  }

  private Queued letter(String kind) {
    return people.letters().stream()
        .filter(letter -> letter.kind().equals(kind))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bothMailboxesProveThemselvesInEitherOrder(boolean oldFirst) {
    Person person = people.active(OLD, "newsletter");
    String before = people.preferencesOf(person);
    ask(person);
    assertThat(letter("address_old").to()).isEqualTo(OLD);
    assertThat(letter("address_new").to()).isEqualTo("dalia@xn--bcher-kva.example");
    Queued first = letter(oldFirst ? "address_old" : "address_new");
    Queued second = letter(oldFirst ? "address_new" : "address_old");
    assertThat(people.changes.look(first.token())).isPresent();
    assertThat(people.changes.prove(first.token())).isInstanceOf(Outcome.OtherMissing.class);
    assertThat(people.changes.prove(first.token())).isInstanceOf(Outcome.OtherMissing.class);
    assertThat(people.person(OLD)).isEqualTo(person);
    assertThat(people.changes.prove(second.token())).isInstanceOf(Outcome.Changed.class);
    assertThat(people.known(OLD)).isFalse();
    Person moved = people.person(NEW);
    assertThat(moved.id()).isEqualTo(person.id());
    assertThat(moved.topics(State.ACTIVE)).containsExactly("newsletter");
    assertThat(people.preferences.open(before)).as("links in mails to the old address").isEmpty();
    assertThat(people.preferences.open(people.preferencesOf(moved))).contains(moved);
    assertThat(
            people.unsubscribes.leave(people.links.unsubscribe(person.id(), List.of("newsletter"))))
        .as("an unsubscribe link works for ever")
        .isPresent();
    assertThat(people.person(NEW).state()).isEqualTo(SubscriberState.UNSUBSCRIBED);
    assertThat(people.actions(person))
        .contains("subscriber.address_change_asked", "subscriber.address_changed");
  }

  @Test
  void aLookChangesNothing() {
    Person person = people.active(OLD, "newsletter");
    ask(person);
    assertThat(people.changes.look(letter("address_old").token())).isPresent();
    assertThat(people.changes.look(letter("address_new").token())).isPresent();
    assertThat(people.person(OLD)).isEqualTo(person);
  }

  @Test
  void aProofWorksForTwoDaysAndNotLonger() {
    Person person = people.active(OLD, "newsletter");
    ask(person);
    assertThat(people.changes.waitingUntil(person)).isPresent();
    assertThat(people.changes.prove(letter("address_old").token()))
        .isInstanceOf(Outcome.OtherMissing.class);
    people.hub.clock.advance(Duration.ofDays(2));
    assertThat(people.changes.prove(letter("address_new").token()))
        .isEqualTo(new Outcome.Expired());
    assertThat(people.changes.waitingUntil(person)).isEmpty();
    assertThat(people.person(OLD)).isEqualTo(person);
    assertThat(people.housekeeping.round()).isFalse();
    assertThat(people.count("people.address_change")).isZero();
  }

  @Test
  void aLaterWishReplacesAnEarlierOne() {
    Person person = people.active(OLD, "newsletter");
    ask(person);
    Queued early = letter("address_old");
    ask(person);
    assertThat(people.changes.prove(early.token())).isEqualTo(new Outcome.Expired());
    assertThat(people.changes.look(letter("address_old").token())).isPresent();
  }

  @Test
  void twoRecordsOfOnePersonBecomeOne() {
    Person other = people.active(NEW, "torture", "events");
    Person person = people.active(OLD, "newsletter", "events");
    people.unsubscribes.leave(people.links.unsubscribe(person.id(), List.of("events")));
    ask(person);
    people.changes.prove(letter("address_old").token());
    assertThat(people.changes.prove(letter("address_new").token()))
        .isInstanceOf(Outcome.Changed.class);
    Person moved = people.person(NEW);
    assertThat(moved.id()).isEqualTo(person.id());
    assertThat(moved.topics(State.ACTIVE)).containsExactly("newsletter", "torture");
    assertThat(moved.topics(State.LEFT)).containsExactly("events");
    assertThat(people.people.find(people.hub.hub, other.id())).isEmpty();
  }

  @Test
  void onesOwnAddressIsNoChange() {
    Person person = people.active(OLD, "newsletter");
    assertThat(
            people.changes.ask(
                people.preferencesOf(person),
                EmailAddress.parse("Dalia@SCIENCE-PARK.example").orElseThrow()))
        .contains(false);
  }

  @Test
  void nobodyIsBombedByChanges() {
    Person person = people.active(OLD, "newsletter");
    ask(person);
    ask(person);
    ask(person);
    assertThatThrownBy(() -> ask(person)).isInstanceOf(TooMany.class);
    assertThat(people.letters()).hasSize(7);
    assertThat(people.changes.look(letter("address_new").token()))
        .as("the change that waits goes on waiting")
        .isPresent();
  }

  @Test
  void strangersAtTheFormsUseUpNothingOfAChange() {
    Person person = people.active(OLD, "newsletter");
    for (int i = 0; i < 20; i++) {
      for (String address : List.of(OLD, NEW)) {
        people.ask(address, SourceNetwork.of("198.51." + i + ".1"), "events");
        people.askLink(address, Asker.stranger(SourceNetwork.of("198.51." + i + ".1")));
      }
    }
    people.work();
    ask(person);
    people.changes.prove(letter("address_old").token());
    assertThat(people.changes.prove(letter("address_new").token()))
        .isInstanceOf(Outcome.Changed.class);
  }
}
