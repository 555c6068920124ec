package org.tocsin.subscribers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Asker;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.subscribers.Subscription.State;

class SignUpTest {
  private static final String DALIA = "dalia@science-park.example";

  private final PeopleFixture people = new PeopleFixture();

  @AfterEach
  void close() {
    people.close();
  }

  @Test
  void anUnknownAddressWaitsForItsConfirmation() {
    people.signUp(DALIA, "newsletter", "torture");
    Person person = people.person(DALIA);
    assertThat(person.state()).isEqualTo(SubscriberState.PENDING);
    assertThat(person.topics(State.PENDING)).containsExactly("newsletter", "torture");
    assertThat(people.letters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.kind()).isEqualTo("confirmation");
              assertThat(letter.to()).isEqualTo(DALIA);
              assertThat(letter.topics()).isEqualTo("Monthly newsletter and Torture");
              assertThat(letter.url()).startsWith("http://localhost:8080/confirm/");
            });
    assertThat(people.actions(person)).containsExactly("subscriber.asked");
  }

  @Test
  void askingAgainBeforeConfirmingSendsAnotherLinkToEverythingAskedFor() {
    people.signUp(DALIA, "newsletter");
    people.signUp("DALIA@Science-Park.example ", "events");
    assertThat(people.letters())
        .hasSize(2)
        .allMatch(letter -> letter.kind().equals("confirmation"));
    assertThat(people.lastLetter().topics())
        .isEqualTo("Event notifications and Monthly newsletter");
    for (PeopleFixture.Queued letter : people.letters()) {
      people.confirm(letter);
    }
    assertThat(people.person(DALIA).topics(State.ACTIVE)).containsExactly("events", "newsletter");
  }

  @Test
  void whoIsSignedUpAndAsksForMoreConfirmsTheMore() {
    people.active(DALIA, "newsletter");
    people.signUp(DALIA, "newsletter", "events");
    assertThat(people.lastLetter().kind()).isEqualTo("new_choices");
    assertThat(people.lastLetter().topics()).isEqualTo("Event notifications");
    assertThat(people.person(DALIA).topics(State.ACTIVE)).containsExactly("newsletter");
    people.confirm(people.lastLetter());
    assertThat(people.person(DALIA).topics(State.ACTIVE)).containsExactly("events", "newsletter");
  }

  @Test
  void whoIsSignedUpForAllOfItGetsALinkToTheirChoices() {
    Person person = people.active(DALIA, "newsletter");
    people.signUp(DALIA, "newsletter");
    assertThat(people.lastLetter().kind()).isEqualTo("already_signed_up");
    assertThat(people.preferences.open(people.lastLetter().token())).contains(person);
  }

  @Test
  void whoLeftMayComeBackButNotWithoutConfirming() {
    Person person = people.active(DALIA, "newsletter");
    people.hub.clock.advance(Duration.ofDays(1));
    people.unsubscribes.leave(people.links.unsubscribe(person.id(), List.of("newsletter")));
    people.hub.clock.advance(Duration.ofDays(1));
    people.signUp(DALIA, "newsletter");
    assertThat(people.lastLetter().kind()).isEqualTo("confirmation");
    assertThat(people.person(DALIA).state()).isEqualTo(SubscriberState.UNSUBSCRIBED);
    people.confirm(people.lastLetter());
    assertThat(people.person(DALIA).state()).isEqualTo(SubscriberState.ACTIVE);
    assertThat(people.person(DALIA).topics(State.ACTIVE)).containsExactly("newsletter");
  }

  @Test
  void aSuppressedAddressGetsNothing() {
    suppress(DALIA);
    people.signUp(DALIA, "newsletter");
    assertThat(people.letters()).isEmpty();
    assertThat(people.known(DALIA)).isFalse();
  }

  @Test
  void anAddressIsNotBombed() {
    for (int i = 0; i < 9; i++) {
      people.ask(DALIA, SourceNetwork.of("192.0." + i + ".1"), "newsletter");
    }
    people.work();
    assertThat(people.letters()).hasSize(5);
    people.hub.clock.advance(Duration.ofHours(25));
    people.signUp(DALIA, "newsletter");
    assertThat(people.letters()).hasSize(6);
  }

  /** Behind the same "Success!" that everybody reads. */
  @Test
  void whatAnOwnerAsksForAfterStrangersUsedUpTheLettersIsKept() {
    for (int i = 0; i < 9; i++) {
      people.ask(DALIA, SourceNetwork.of("192.0." + i + ".1"), "torture");
    }
    people.work();
    assertThat(people.letters()).hasSize(5);
    people.signUp(DALIA, "newsletter", "events");
    assertThat(people.letters()).as("no sixth letter").hasSize(5);
    assertThat(people.person(DALIA).topics(State.PENDING)).contains("newsletter", "events");
    people.hub.clock.advance(Duration.ofHours(25));
    people.work();
    assertThat(people.letters()).as("once there is room again").hasSize(6);
    assertThat(people.lastLetter().topics()).contains("Monthly newsletter", "Event notifications");
    people.hub.clock.advance(Duration.ofHours(25));
    people.work();
    assertThat(people.letters()).as("once").hasSize(6);
    people.confirm(people.lastLetter());
    assertThat(people.person(DALIA).topics(State.ACTIVE)).contains("newsletter", "events");
  }

  @Test
  void aSourceIsANetworkNotAMachine() {
    assertThat(SourceNetwork.of("192.0.2.1")).isEqualTo(SourceNetwork.of("192.0.2.254"));
    assertThat(SourceNetwork.of("192.0.2.1")).isNotEqualTo(SourceNetwork.of("192.0.3.1"));
    assertThat(SourceNetwork.of("2001:db8:1::1")).isEqualTo(SourceNetwork.of("2001:db8:1:ffff::9"));
    assertThat(SourceNetwork.of("2001:db8:1::1")).isNotEqualTo(SourceNetwork.of("2001:db8:2::1"));
    assertThat(SourceNetwork.of("::ffff:192.0.2.9")).isEqualTo(SourceNetwork.of("192.0.2.1"));
    assertThat(SourceNetwork.of("nonsense")).isEqualTo(SourceNetwork.of("unknown"));
  }

  /**
   * I16: what the request does is one row of the same shape, whoever the address belongs to. The
   * role it runs on can read nothing that could make a difference (PeopleRolesTest).
   */
  @Test
  void theRequestDoesTheSameWhateverTheAddressIs() {
    people.signUp("pending@science-park.example", "newsletter");
    people.active("active@science-park.example", "newsletter");
    Person left = people.active("leaver@science-park.example", "newsletter");
    people.unsubscribes.leave(people.links.unsubscribe(left.id(), List.of("newsletter")));
    suppress("blocked@science-park.example");
    Map<String, Long> before = rows();
    int asked = 0;
    for (String local : List.of("unknown", "pending", "active", "leaver", "blocked")) {
      people.ask(local + "@science-park.example", PeopleFixture.HOME, "newsletter");
      asked++;
    }
    Map<String, Long> after = rows();
    assertThat(after.remove("sign_up_request")).isEqualTo(asked);
    before.remove("sign_up_request");
    assertThat(after).isEqualTo(before);
    assertThat(
            people.hub.hub.list(
                "SELECT DISTINCT kind, topics, language, source_hash FROM people.sign_up_request",
                row -> row.getString("kind")))
        .hasSize(1);
  }

  @Test
  void theClerkIsWokenAndNotToldWho() {
    AtomicInteger rung = new AtomicInteger();
    people.hub.bus.on(SignUpAsked.TOPIC, news -> rung.incrementAndGet());
    people.ask(DALIA, PeopleFixture.HOME, "newsletter");
    org.tocsin.testing.Eventually.eventually("the bell", () -> rung.get() == 1);
    assertThat(SignUpAsked.TOPIC.toJson().apply(new SignUpAsked()).encode()).isEqualTo("{}");
  }

  @Test
  void aRequestThatFailsWaitsAndLetsTheNextGo() {
    people.ask("first@science-park.example", PeopleFixture.HOME, "newsletter");
    people.hub.hub.run(
        "UPDATE people.sign_up_request SET language = 'en', topics = ARRAY['newsletter', NULL]");
    people.ask("second@science-park.example", PeopleFixture.HOME, "newsletter");
    assertThatThrownBy(people.clerk::round).isInstanceOf(RuntimeException.class);
    assertThat(people.clerk.round()).isTrue();
    assertThat(people.clerk.round()).isFalse();
    assertThat(people.known("second@science-park.example")).isTrue();
    assertThat(people.known("first@science-park.example")).isFalse();
    people.hub.hub.run("UPDATE people.sign_up_request SET topics = ARRAY['newsletter']");
    people.hub.clock.advance(Duration.ofMinutes(6));
    assertThat(people.clerk.round()).isTrue();
    assertThat(people.known("first@science-park.example")).isTrue();
  }

  @Test
  void aRequestThatDoesNotOpenIsDroppedNotKept() {
    people.ask(DALIA, PeopleFixture.HOME, "newsletter");
    people.hub.hub.run(
        "UPDATE people.sign_up_request SET address_sealed = $1", Buffer.buffer("damaged"));
    assertThat(people.clerk.round()).isTrue();
    assertThat(people.clerk.round()).isFalse();
    assertThat(people.letters()).isEmpty();
  }

  @Test
  void aNewLinkIsSentToThoseWhoHaveChoicesAndTheAnswerIsTheSame() {
    Person person = people.active(DALIA, "newsletter");
    int before = people.letters().size();
    for (String address : List.of(DALIA, "nobody@science-park.example")) {
      people.askLink(address, Asker.stranger(PeopleFixture.HOME));
    }
    people.work();
    assertThat(people.letters()).hasSize(before + 1);
    assertThat(people.lastLetter().kind()).isEqualTo("new_link");
    assertThat(people.preferences.open(people.lastLetter().token())).contains(person);
  }

  @Test
  void theFormNamesAllThatIsWrongAtOnce() {
    assertThatThrownBy(() -> people.signUp("", "nonsense"))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.fields())
                    .containsExactly(
                        new Field("email", "Enter a valid email address"),
                        new Field("topics", "Choose topics from the list")));
    assertThatThrownBy(() -> people.signUp("two@@signs.example"))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.fields())
                    .containsExactly(
                        new Field("email", "Invalid email address"),
                        new Field("topics", "Choose at least one topic")));
  }

  private void suppress(String address) {
    people.hub.hub.run(
        "INSERT INTO engine.suppression (address_hash, reason) VALUES ($1, 'COMPLAINT')",
        Buffer.buffer(people.vault.hash(EmailAddress.parse(address).orElseThrow())));
  }

  private Map<String, Long> rows() {
    Map<String, Long> counts = new TreeMap<>();
    for (String table :
        List.of(
            "people.subscriber",
            "people.subscription",
            "people.sign_up_request",
            "people.sign_up_tally",
            "access.attempt",
            "access.letter_slot",
            "people.address_change",
            "engine.broadcast",
            "engine.recipient",
            "engine.suppression",
            "audit.entry")) {
      counts.put(table.replace("people.sign_up_request", "sign_up_request"), people.count(table));
    }
    return counts;
  }
}
