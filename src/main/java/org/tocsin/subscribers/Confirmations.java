package org.tocsin.subscribers;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tocsin.audit.Audit;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.subscribers.PersonLinks.Confirm;
import org.tocsin.subscribers.Subscription.State;

/**
 * What the link in a confirmation does. It confirms what its mail named and nothing else, any
 * number of times; what the person left after that mail was asked for stays left.
 */
public final class Confirmations {
  private final Database hub;
  private final PersonLinks links;
  private final Topics topics;
  private final Audit audit;
  private final InstantSource clock;
  private final SubscriberRepository people;

  public Confirmations(
      Database hub,
      PeopleVault vault,
      PersonLinks links,
      Topics topics,
      Audit audit,
      InstantSource clock) {
    this.hub = hub;
    this.links = links;
    this.topics = topics;
    this.audit = audit;
    this.clock = clock;
    this.people = new SubscriberRepository(vault);
  }

  /** How a link stands. */
  public sealed interface Standing {
    /** Its time is over, or whom it names is gone. */
    record Expired() implements Standing {}

    /** It waits for the button. */
    record Waiting(Person person, List<String> topics) implements Standing {}

    /**
     * @param preferences a link to the person's choices
     */
    record Confirmed(Person person, List<String> topics, String preferences) implements Standing {}

    /** All it names was left after it was asked for. */
    record LeftSince(Person person) implements Standing {}
  }

  /** Looks and changes nothing; empty for a link that we never made. */
  public Optional<Standing> look(String token) {
    return links
        .readConfirm(token)
        .map(
            confirm ->
                people
                    .find(hub, confirm.id())
                    .filter(person -> stands(confirm, person))
                    .<Standing>map(person -> new Standing.Waiting(person, named(confirm, person)))
                    .orElseGet(Standing.Expired::new));
  }

  public Optional<Standing> confirm(String token) {
    return links.readConfirm(token).map(confirm -> hub.transaction(tx -> confirm(tx, confirm)));
  }

  private Standing confirm(Tx tx, Confirm confirm) {
    Optional<Person> known =
        people.lock(tx, confirm.id()).filter(person -> stands(confirm, person));
    if (known.isEmpty()) {
      return new Standing.Expired();
    }
    Person person = known.get();
    Instant now = clock.instant();
    List<String> named = named(confirm, person);
    List<String> wanted =
        named.stream().filter(topic -> !leftSince(person, topic, confirm.asked())).toList();
    if (wanted.isEmpty() || person.state() == SubscriberState.COMPLAINED) {
      return new Standing.LeftSince(person);
    }
    List<String> fresh =
        wanted.stream().filter(topic -> !person.topics(State.ACTIVE).contains(topic)).toList();
    boolean returns =
        person.state() != SubscriberState.ACTIVE && person.state() != SubscriberState.PAUSED;
    if (returns || !fresh.isEmpty()) {
      if (returns) {
        people.setState(tx, person.id(), SubscriberState.ACTIVE, Optional.of(now));
      }
      people.putTopics(tx, person.id(), fresh, State.ACTIVE, now);
      audit.record(
          tx,
          "person",
          "subscriber.confirmed",
          person.id().subject(),
          new JsonObject().put("topics", fresh));
    }
    return new Standing.Confirmed(
        person, wanted, "/preferences/" + links.preferences(person.id(), person.links(), now));
  }

  private boolean stands(Confirm confirm, Person person) {
    return person.links() == confirm.links() && !confirm.expired(clock.instant());
  }

  /** By number, among the topics there are and those this person has. */
  private List<String> named(Confirm confirm, Person person) {
    Set<String> candidates = new TreeSet<>(topics.ids());
    person.subscriptions().forEach(subscription -> candidates.add(subscription.topic()));
    return topics.ordered(
        candidates.stream()
            .filter(topic -> confirm.topics().contains(Topics.number(topic)))
            .toList());
  }

  private static boolean leftSince(Person person, String topic, Instant asked) {
    return person.subscriptions().stream()
        .anyMatch(
            subscription ->
                subscription.topic().equals(topic)
                    && subscription.state() == State.LEFT
                    && subscription.since().isAfter(asked));
  }
}
