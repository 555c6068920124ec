package org.tocsin.subscribers;

import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.tocsin.access.LetterBudget;
import org.tocsin.audit.Audit;
import org.tocsin.audit.AuditEntry;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.subscribers.Subscription.State;

/**
 * The desk's view of subscribers. Lists show no address; whoever opens one is written down, and so
 * is what they do there for a person who asked for it.
 */
public final class Subscribers {
  private static final int HISTORY = 100;

  private final Database hub;
  private final Audit audit;
  private final InstantSource clock;
  private final SubscriberRepository people;
  private final SubscriberCountRepository counts = new SubscriberCountRepository();
  private final SuppressionRepository suppressions;
  private final LetterBudget letters;

  public Subscribers(
      Database hub, PeopleVault vault, LetterBudget letters, Audit audit, InstantSource clock) {
    this.hub = hub;
    this.audit = audit;
    this.clock = clock;
    this.people = new SubscriberRepository(vault);
    this.suppressions = new SuppressionRepository(vault);
    this.letters = letters;
  }

  /**
   * @param topics whom mail goes to, by topic
   */
  public record Overview(Map<SubscriberState, Long> states, Map<String, Long> topics) {
    public long of(SubscriberState state) {
      return states.getOrDefault(state, 0L);
    }

    public long all() {
      return states.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** One record with what was done about it, newest first. */
  public record Card(Person person, Optional<String> suppression, List<AuditEntry> history) {}

  public Overview overview() {
    return new Overview(counts.byState(hub), counts.byTopic(hub));
  }

  /** Newest first. An empty state or topic means any; show these people's masked addresses only. */
  public List<Person> page(long before, String state, String topic, int limit) {
    return people.page(hub, before, state, topic, limit);
  }

  /** By the exact address, in any spelling; the question itself is written down, without it. */
  public Optional<SubscriberId> find(String actor, EmailAddress address) {
    return hub.transaction(
        tx -> {
          Optional<SubscriberId> found = people.find(tx, address).map(Person::id);
          audit.record(
              tx,
              actor,
              "subscriber.looked_up",
              found.map(SubscriberId::subject).orElse("subscribers"),
              new JsonObject().put("found", found.isPresent()));
          return found;
        });
  }

  /** For a page that shows no address. */
  public Optional<Card> look(SubscriberId id) {
    return people.find(hub, id).map(this::card);
  }

  /** For a page that shows it. */
  public Optional<Card> open(String actor, SubscriberId id) {
    return change(actor, id, "subscriber.opened", (tx, person) -> {}).map(this::card);
  }

  /** For somebody who asked by letter or telephone. */
  public Optional<Person> leaveAll(String actor, SubscriberId id) {
    return change(
        actor,
        id,
        "subscriber.left",
        (tx, person) ->
            Unsubscribes.leave(
                tx,
                people,
                person,
                person.subscriptions().stream()
                    .filter(one -> one.state() != State.LEFT)
                    .map(Subscription::topic)
                    .toList(),
                clock.instant()));
  }

  /** For somebody who asked by letter or telephone; leaves a keyed hash and nothing else. */
  public Optional<Person> erase(String actor, SubscriberId id) {
    return change(
        actor,
        id,
        "subscriber.erased",
        (tx, person) -> {
          suppressions.addErased(tx, person.address(), clock.instant());
          letters.forget(tx, person.address());
          people.delete(tx, person.id());
        });
  }

  private Optional<Person> change(
      String actor, SubscriberId id, String action, BiConsumer<Tx, Person> change) {
    return hub.transaction(
        tx -> {
          Optional<Person> person = people.lock(tx, id);
          person.ifPresent(
              known -> {
                change.accept(tx, known);
                audit.record(tx, actor, action, id.subject());
              });
          return person;
        });
  }

  private Card card(Person person) {
    return new Card(
        person,
        suppressions.reason(hub, person.address()),
        audit.latest(person.id().subject(), Long.MAX_VALUE, HISTORY));
  }
}
