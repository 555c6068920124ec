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
import org.tocsin.subscribers.PersonLinks.Unsubscribe;
import org.tocsin.subscribers.Subscription.State;

/**
 * Leaving, by a link that works for ever (RFC 8058): without sign-in, any number of times, and also
 * after the person is gone.
 */
public final class Unsubscribes {
  private final Database hub;
  private final PersonLinks links;
  private final Topics topics;
  private final Audit audit;
  private final InstantSource clock;
  private final SubscriberRepository people;

  public Unsubscribes(
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

  /**
   * What a link would leave: the lists its mail came through. Says nothing of whether the person is
   * still there.
   *
   * @param language the person's, where still known
   */
  public record Lists(List<String> topics, Optional<String> language) {}

  /** Looks and changes nothing; empty for a link that we never made. */
  public Optional<Lists> look(String token) {
    return links.readUnsubscribe(token).map(this::lists);
  }

  private Lists lists(Unsubscribe unsubscribe) {
    Optional<Person> person = people.find(hub, unsubscribe.id());
    Set<String> candidates = new TreeSet<>(topics.ids());
    person.ifPresent(known -> known.subscriptions().forEach(one -> candidates.add(one.topic())));
    return new Lists(
        topics.ordered(
            candidates.stream()
                .filter(topic -> unsubscribe.topics().contains(Topics.number(topic)))
                .toList()),
        person.map(Person::language));
  }

  /** Leaves the lists its mail came through. */
  public Optional<Lists> leave(String token) {
    return act(token, false);
  }

  /** Leaves every list. */
  public Optional<Lists> leaveAll(String token) {
    return act(token, true);
  }

  private Optional<Lists> act(String token, boolean all) {
    Optional<Unsubscribe> named = links.readUnsubscribe(token);
    named.ifPresent(
        unsubscribe ->
            hub.inTransaction(
                tx ->
                    people
                        .lock(tx, unsubscribe.id())
                        .ifPresent(person -> leave(tx, person, unsubscribe, all))));
    return named.map(this::lists);
  }

  private void leave(Tx tx, Person person, Unsubscribe unsubscribe, boolean all) {
    List<String> left =
        person.subscriptions().stream()
            .filter(one -> one.state() != State.LEFT)
            .map(Subscription::topic)
            .filter(topic -> all || unsubscribe.topics().contains(Topics.number(topic)))
            .toList();
    if (!left.isEmpty()) {
      leave(tx, people, person, left, clock.instant());
      audit.record(
          tx,
          "person",
          "subscriber.left",
          person.id().subject(),
          new JsonObject().put("topics", left).put("by", "unsubscribe link"));
    }
  }

  /** Leaving the last topic is leaving. */
  static void leave(
      Tx tx, SubscriberRepository people, Person person, List<String> left, Instant now) {
    people.putTopics(tx, person.id(), left, State.LEFT, now);
    boolean last =
        person.subscriptions().stream()
            .filter(one -> one.state() != State.LEFT)
            .allMatch(one -> left.contains(one.topic()));
    boolean listed =
        switch (person.state()) {
          case PENDING, ACTIVE, PAUSED -> true;
          case UNSUBSCRIBED, BOUNCED, COMPLAINED -> false;
        };
    if (last && listed) {
      people.setState(tx, person.id(), SubscriberState.UNSUBSCRIBED, Optional.empty());
    }
  }
}
