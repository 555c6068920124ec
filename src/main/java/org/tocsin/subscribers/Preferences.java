package org.tocsin.subscribers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.tocsin.access.LetterBudget;
import org.tocsin.audit.Audit;
import org.tocsin.audit.AuditEntry;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Languages;
import org.tocsin.subscribers.Subscription.State;

/**
 * What people may do with their own record, by the link in our mails. Every method is empty where
 * the link is too old, was ended by a change of address, or names somebody who is gone.
 */
public final class Preferences {
  private static final int HISTORY = 1_000;

  private final Database hub;
  private final PersonLinks links;
  private final Topics topics;
  private final Languages languages;
  private final Audit audit;
  private final InstantSource clock;
  private final SubscriberRepository people;
  private final SuppressionRepository suppressions;
  private final LetterBudget letters;

  public Preferences(
      Database hub,
      PeopleVault vault,
      PersonLinks links,
      Topics topics,
      Languages languages,
      LetterBudget letters,
      Audit audit,
      InstantSource clock) {
    this.hub = hub;
    this.links = links;
    this.topics = topics;
    this.languages = languages;
    this.audit = audit;
    this.clock = clock;
    this.people = new SubscriberRepository(vault);
    this.suppressions = new SuppressionRepository(vault);
    this.letters = letters;
  }

  public Optional<Person> open(String token) {
    return links
        .readPreferences(token)
        .flatMap(link -> people.find(hub, link.id()).filter(person -> stands(link, person)));
  }

  /** True where no mail may go to this address, whatever is chosen. */
  public boolean blocked(Person person) {
    return person.state() == SubscriberState.COMPLAINED
        || suppressions.reason(hub, person.address()).isPresent();
  }

  /** What may be chosen: the deployment's topics, and those this person still has. */
  public List<String> offered(Person person) {
    TreeSet<String> all = new TreeSet<>(topics.ids());
    all.addAll(person.topics(State.ACTIVE));
    return topics.ordered(all);
  }

  /** Exactly these topics from now on; none of them is leaving. */
  public Optional<Person> choose(String token, Collection<String> chosen, String language) {
    return change(
        token,
        (tx, person) -> {
          if (!offered(person).containsAll(chosen)) {
            throw new Invalid("topics", "Choose from the list");
          }
          if (!languages.speaks(language)) {
            throw new Invalid("language", "Choose from the list");
          }
          people.setLanguage(tx, person.id(), language);
          List<String> left =
              person.subscriptions().stream()
                  .filter(one -> one.state() != State.LEFT)
                  .map(Subscription::topic)
                  .filter(topic -> !chosen.contains(topic))
                  .toList();
          if (chosen.isEmpty()) {
            Unsubscribes.leave(tx, people, person, left, clock.instant());
          } else {
            people.putTopics(tx, person.id(), left, State.LEFT, clock.instant());
            people.putTopics(tx, person.id(), chosen, State.ACTIVE, clock.instant());
            comeBack(tx, person);
          }
          note(
              tx,
              person,
              "subscriber.chose",
              new JsonObject()
                  .put("topics", topics.ordered(chosen))
                  .put("left", left)
                  .put("language", language));
        });
  }

  /** The link came by mail, so whoever chooses by it reads that mailbox. */
  private void comeBack(Tx tx, Person person) {
    switch (person.state()) {
      case PENDING, UNSUBSCRIBED, BOUNCED ->
          people.setState(tx, person.id(), SubscriberState.ACTIVE, Optional.of(clock.instant()));
      case ACTIVE, PAUSED, COMPLAINED -> {
        // nothing to come back from, or not by one's own hand
      }
    }
  }

  public Optional<Person> pause(String token) {
    return move(token, SubscriberState.ACTIVE, SubscriberState.PAUSED, "subscriber.paused");
  }

  public Optional<Person> resume(String token) {
    return move(token, SubscriberState.PAUSED, SubscriberState.ACTIVE, "subscriber.resumed");
  }

  private Optional<Person> move(
      String token, SubscriberState from, SubscriberState to, String action) {
    return change(
        token,
        (tx, person) -> {
          if (person.state() == from) {
            people.setState(tx, person.id(), to, Optional.empty());
            note(tx, person, action, new JsonObject());
          }
        });
  }

  public Optional<Person> leaveAll(String token) {
    return change(
        token,
        (tx, person) -> {
          List<String> left =
              person.subscriptions().stream()
                  .filter(one -> one.state() != State.LEFT)
                  .map(Subscription::topic)
                  .toList();
          if (!left.isEmpty()) {
            Unsubscribes.leave(tx, people, person, left, clock.instant());
            note(
                tx,
                person,
                "subscriber.left",
                new JsonObject().put("topics", left).put("by", "preferences"));
          }
        });
  }

  /** Everything we hold about a person, for that person. */
  public Optional<JsonObject> download(String token) {
    Optional<Person> person = open(token);
    person.ifPresent(
        known ->
            hub.inTransaction(tx -> note(tx, known, "subscriber.downloaded", new JsonObject())));
    return person.map(this::data);
  }

  private JsonObject data(Person person) {
    JsonArray subscriptions = new JsonArray();
    person
        .subscriptions()
        .forEach(
            one ->
                subscriptions.add(
                    new JsonObject()
                        .put("topic", one.topic())
                        .put("state", one.state().name())
                        .put("since", one.since().toString())));
    JsonArray history = new JsonArray();
    history(person)
        .forEach(
            entry ->
                history.add(
                    new JsonObject()
                        .put("at", entry.at().toString())
                        .put("action", entry.action())
                        .put("by", entry.actor())
                        .put("detail", new JsonObject(entry.detail()))));
    return new JsonObject()
        .put("address", person.address().address())
        .put("name", person.name().orElse(null))
        .put("language", person.language())
        .put("state", person.state().name())
        .put("source", person.source())
        .put("consent", person.consentSource())
        .put("created_at", person.createdAt().toString())
        .put("confirmed_at", person.confirmedAt().map(Instant::toString).orElse(null))
        .put("subscriptions", subscriptions)
        .put("history", history);
  }

  /** Newest first: what was done about this person, and by whom. */
  public List<AuditEntry> history(Person person) {
    return audit.latest(person.id().subject(), Long.MAX_VALUE, HISTORY);
  }

  /**
   * Deletes everything but a keyed hash that keeps every import from bringing the address back.
   * True where there was somebody to erase.
   */
  public boolean erase(String token) {
    return locked(
            token,
            (tx, person) -> {
              suppressions.addErased(tx, person.address(), clock.instant());
              letters.forget(tx, person.address());
              people.delete(tx, person.id());
              note(tx, person, "subscriber.erased", new JsonObject());
              return person;
            })
        .isPresent();
  }

  /** The person as they are afterwards; the change and its record are one transaction. */
  private Optional<Person> change(String token, BiConsumer<Tx, Person> change) {
    return locked(
        token,
        (tx, person) -> {
          change.accept(tx, person);
          return people.find(tx, person.id()).orElseThrow();
        });
  }

  private <T> Optional<T> locked(String token, BiFunction<Tx, Person, T> work) {
    return links
        .readPreferences(token)
        .flatMap(
            link ->
                hub.transaction(
                    tx ->
                        people
                            .lock(tx, link.id())
                            .filter(person -> stands(link, person))
                            .map(person -> work.apply(tx, person))));
  }

  private boolean stands(PersonLinks.Preferences link, Person person) {
    return link.links() == person.links() && !link.expired(clock.instant());
  }

  private void note(Tx tx, Person person, String action, JsonObject detail) {
    audit.record(tx, "person", action, person.id().subject(), detail);
  }
}
