package org.tocsin.subscribers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Asker;
import org.tocsin.access.Door;
import org.tocsin.access.RequestGate;
import org.tocsin.access.WishTally.What;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.platform.errors.HubException.TooMany;
import org.tocsin.subscribers.PeopleFixture.Queued;

/** What one network asks for waits its turn; what strangers ask for keeps nobody out. */
class SignUpPaceTest {
  private static final String DALIA = "dalia@science-park.example";

  private final PeopleFixture people = new PeopleFixture();

  @AfterEach
  void close() {
    people.close();
  }

  private static String listener(int number) {
    return "listener" + number + "@science-park.example";
  }

  private static SourceNetwork network(int number) {
    return SourceNetwork.of("198.51." + number + ".1");
  }

  @Test
  void aLectureHallOfSixtyGetsAllItsLettersInOrder() {
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      people.ask(listener(i), PeopleFixture.HOME, "newsletter");
      asked.add(listener(i));
      people.hub.clock.advance(Duration.ofSeconds(2));
    }
    people.work();
    assertThat(people.letters()).hasSize(20);
    assertThat(people.tally.counted(What.POSTPONED)).isEqualTo(40);
    assertThat(people.tally.lately().waiting()).isEqualTo(40);

    people.ask(DALIA, SourceNetwork.of("203.0.113.1"), "newsletter");
    people.work();
    assertThat(people.lastLetter().to()).as("another network waits for nobody").isEqualTo(DALIA);

    people.hub.clock.advance(Duration.ofHours(1));
    people.work();
    assertThat(people.letters()).hasSize(41);
    people.hub.clock.advance(Duration.ofHours(1));
    people.work();
    assertThat(people.letters().stream().map(Queued::to).filter(to -> !to.equals(DALIA)))
        .containsExactlyElementsOf(asked);
    assertThat(people.tally.lately().waiting()).isZero();
    people.confirm(people.lastLetter());
    assertThat(people.person(listener(59)).state()).isEqualTo(SubscriberState.ACTIVE);
  }

  @Test
  void aLetterThatWaitsSurvivesTheClerkAndStandsForAllThatWasAskedMeanwhile() {
    for (int i = 0; i < 25; i++) {
      people.ask(listener(i), PeopleFixture.HOME, "newsletter");
    }
    people.work();
    people.ask(listener(24), PeopleFixture.HOME, "events");
    people.ask(listener(24), PeopleFixture.HOME, "newsletter");
    people.work();
    assertThat(people.count("people.sign_up_request")).as("one waiting letter each").isEqualTo(5);
    people.hub.clock.advance(Duration.ofHours(3));
    people.housekeeping.round();
    people.work();
    assertThat(people.letters()).hasSize(25);
    assertThat(people.lastLetter().to()).isEqualTo(listener(24));
    assertThat(people.lastLetter().topics())
        .isEqualTo("Event notifications and Monthly newsletter");
  }

  @Test
  void whoComesLaterDoesNotOvertakeWhoWaits() {
    for (int i = 0; i < 22; i++) {
      people.ask(listener(i), PeopleFixture.HOME, "newsletter");
    }
    people.work();
    people.hub.clock.advance(Duration.ofHours(1));
    people.ask(listener(22), PeopleFixture.HOME, "newsletter");
    people.work();
    assertThat(people.letters().stream().map(Queued::to).skip(20))
        .containsExactly(listener(20), listener(21), listener(22));
  }

  @Test
  void aWishThatADaysLettersAnswerAlreadyIsCounted() {
    for (int i = 0; i < 7; i++) {
      people.ask(DALIA, PeopleFixture.HOME, "newsletter");
    }
    people.work();
    assertThat(people.tally.counted(What.SPENT))
        .isEqualTo(7 - people.letters().size())
        .isPositive();
    people.tally.round();
    assertThat(people.tally.lately().of(What.SPENT)).isEqualTo(people.tally.counted(What.SPENT));
  }

  @Test
  void beyondTwoHundredAnHourTheNetworkIsToldToWaitWhateverTheAddress() {
    people.active("known@science-park.example", "newsletter");
    for (int i = 1; i < RequestGate.AN_HOUR; i++) {
      people.ask(listener(i), PeopleFixture.HOME, "newsletter");
    }
    List<TooMany> answers = new ArrayList<>();
    for (String address : List.of("known@science-park.example", DALIA)) {
      assertThatThrownBy(() -> people.ask(address, PeopleFixture.HOME, "newsletter"))
          .isInstanceOfSatisfying(TooMany.class, answers::add);
    }
    assertThat(new HashSet<>(answers.stream().map(TooMany::getMessage).toList())).hasSize(1);
    assertThat(answers)
        .allSatisfy(
            many ->
                assertThat(many.retryAfter().orElseThrow())
                    .isBetween(Duration.ofSeconds(1), Duration.ofHours(1)));
    assertThat(people.tally.counted(What.NETWORK)).isEqualTo(2);
    people.ask(DALIA, SourceNetwork.of("203.0.113.1"), "newsletter");
    people.work();

    people.hub.clock.advance(Duration.ofHours(1));
    people.work();
    people.ask(listener(999), PeopleFixture.HOME, "newsletter");
    for (int hour = 0; hour < 11; hour++) {
      people.hub.clock.advance(Duration.ofHours(1));
      people.work();
    }
    assertThat(people.lastLetter().to()).isEqualTo(listener(999));
    assertThat(people.tally.lately().waiting()).as("within the following hours").isZero();
  }

  @Test
  void noMoreWaitsForANetworkThanGoesOutWithinHalfADay() {
    int taken = 0;
    for (int hour = 0; hour < 3; hour++) {
      for (int i = 0; i < RequestGate.AN_HOUR; i++) {
        try {
          people.ask("h" + hour + listener(i), PeopleFixture.HOME, "newsletter");
          taken++;
        } catch (TooMany full) {
          assertThat(full.retryAfter()).isPresent();
        }
      }
      people.work();
      people.hub.clock.advance(Duration.ofHours(1));
    }
    assertThat(people.tally.lately().waiting()).isLessThanOrEqualTo(2L * RequestGate.AN_HOUR);
    people.hub.clock.advance(Duration.ofHours(23));
    people.work();
    assertThat(people.letters()).hasSize(taken);
  }

  /** Three strangers used to be enough to keep somebody from their own choices for a day. */
  @Test
  void whoeverTriesNobodyKeepsASubscriberFromTheirChoices() {
    Person person = people.active(DALIA, "newsletter");
    people.hub.clock.advance(Duration.ofDays(2));
    int before = people.letters().size();
    for (int i = 0; i < 12; i++) {
      people.ask(DALIA, network(i), "events");
    }
    people.work();
    List<Queued> caused = people.letters().subList(before, people.letters().size());
    assertThat(caused).hasSize(5);
    assertThat(caused.getLast().kind()).as("the last brings the way in").isEqualTo("new_link");
    assertThat(people.preferences.open(caused.getLast().token())).contains(person);

    Asker hers =
        new Asker(
            network(0),
            "",
            people.marks.read(people.marks.add("", Door.SUBSCRIBER, person.id().value())));
    people.askLink(DALIA, hers);
    people.work();
    assertThat(people.letters()).as("at once").hasSize(before + 6);
    assertThat(people.lastLetter().kind()).isEqualTo("new_link");
  }

  @Test
  void aFullHallHoldsUpNobodysOwnLink() {
    Person person = people.active(DALIA, "newsletter");
    people.hub.clock.advance(Duration.ofDays(2));
    for (int i = 0; i < 30; i++) {
      people.askLink(listener(i), Asker.stranger(PeopleFixture.HOME));
    }
    people.work();
    people.askLink(
        DALIA,
        new Asker(
            PeopleFixture.HOME,
            "",
            people.marks.read(people.marks.add("", Door.SUBSCRIBER, person.id().value()))));
    people.work();
    assertThat(people.lastLetter().to()).isEqualTo(DALIA);
  }

  private Asker marked(SourceNetwork network, Person person) {
    return new Asker(
        network, "", people.marks.read(people.marks.add("", Door.SUBSCRIBER, person.id().value())));
  }

  /** Each visit to one's own choices draws the browser's mark anew. */
  @Test
  void aMarkDrawnAnewEachTimeCausesNoMoreLettersToOthersThanNone() {
    for (int i = 0; i < 25; i++) {
      people.ask(listener(i), network(i), "newsletter");
    }
    people.work();
    people.letters().forEach(people::confirm);
    Person dalia = people.active(DALIA, "newsletter");
    Person eve = people.active("eve@science-park.example", "newsletter");
    people.hub.clock.advance(Duration.ofDays(2));
    int before = people.letters().size();
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      try {
        people.askLink(listener(i), marked(PeopleFixture.HOME, eve));
      } catch (TooMany full) {
        refused++;
      }
    }
    people.work();
    assertThat(refused)
        .isEqualTo(300 - RequestGate.AN_HOUR - RequestGate.KNOWN_AN_HOUR)
        .isEqualTo((int) people.tally.counted(What.NETWORK));
    assertThat(people.letters()).as("in order, at the pace of a network").hasSize(before + 20);

    people.askLink(DALIA, marked(PeopleFixture.HOME, dalia));
    people.work();
    assertThat(people.letters()).as("the owner's own, at once").hasSize(before + 21);
    assertThat(people.lastLetter().to()).isEqualTo(DALIA);
  }

  @Test
  void whatWasHeldBackIsWrittenDownOnceForTheDesk() {
    people.tally.count(What.HONEYPOT);
    people.tally.count(What.HONEYPOT);
    people.tally.count(What.NETWORK);
    people.tally.round();
    people.tally.round();
    assertThat(people.tally.lately().of(What.HONEYPOT)).isEqualTo(2);
    assertThat(people.tally.lately().of(What.NETWORK)).isEqualTo(1);
    assertThat(people.tally.lately().of(What.POSTPONED)).isZero();
    people.hub.clock.advance(Duration.ofDays(2));
    assertThat(people.tally.lately().any()).isFalse();
    people.hub.clock.advance(Duration.ofDays(31));
    people.tally.round();
    assertThat(people.count("people.sign_up_tally")).isZero();
  }
}
