package org.tocsin.subscribers;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.LetterBudget;
import org.tocsin.audit.Audit;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.TooMany;
import org.tocsin.subscribers.AddressChangeRepository.Change;
import org.tocsin.subscribers.PersonLinks.Side;
import org.tocsin.subscribers.Subscription.State;

/**
 * A change of address: both mailboxes prove themselves, in either order, within 48 hours; until
 * then mail goes to the old one. Nobody is told whether the new address was known.
 */
public final class AddressChanges {
  static final Duration WAITS = Duration.ofDays(2);

  private final Database hub;
  private final PersonLinks links;
  private final PersonMail mail;
  private final Audit audit;
  private final InstantSource clock;
  private final SubscriberRepository people;
  private final AddressChangeRepository changes;
  private final LetterBudget budget;

  public AddressChanges(
      Database hub,
      PeopleVault vault,
      PersonLinks links,
      PersonMail mail,
      LetterBudget budget,
      Audit audit,
      InstantSource clock) {
    this.hub = hub;
    this.links = links;
    this.mail = mail;
    this.audit = audit;
    this.clock = clock;
    this.people = new SubscriberRepository(vault);
    this.changes = new AddressChangeRepository(vault);
    this.budget = budget;
  }

  /** What became of a proof. */
  public sealed interface Outcome {
    /** Too late, replaced by a later wish, or done long ago. */
    record Expired() implements Outcome {}

    /** The other mailbox still has to prove itself. */
    record OtherMissing(Person person, Instant until) implements Outcome {}

    /**
     * @param preferences a link to the person's choices, under the new address
     */
    record Changed(Person person, String preferences) implements Outcome {}
  }

  /** What a proof's link asks, before its button is pressed. */
  public record Question(Person person, EmailAddress newAddress, Instant until) {
    @Override
    public String toString() {
      return "Question[" + person + "]";
    }
  }

  /**
   * Sends a proof to both. False where the address is the person's already; empty where the link is
   * too old.
   */
  public Optional<Boolean> ask(String preferences, EmailAddress to) {
    return links
        .readPreferences(preferences)
        .flatMap(
            link ->
                hub.transaction(
                    tx ->
                        people
                            .lock(tx, link.id())
                            .filter(person -> person.links() == link.links())
                            .filter(person -> !link.expired(clock.instant()))
                            .map(person -> ask(tx, person, to))));
  }

  private boolean ask(Tx tx, Person person, EmailAddress to) {
    if (person.address().lookupKey().equals(to.lookupKey())) {
      return false;
    }
    Instant now = clock.instant();
    if (!budget.admitKnown(tx, person.id().subject(), to)) {
      throw new TooMany(
          "too_many_letters", "Too many letters were asked for today. Try again tomorrow.");
    }
    // That this is reached would tell of others who asked for letters to that address.
    if (!budget.admitTo(tx, to)) {
      return true;
    }
    Instant until = now.plus(WAITS);
    long change = changes.put(tx, person.id(), to, now, until);
    mail.proveAddress(tx, person.language(), person.address(), change, Side.OLD, until);
    mail.proveAddress(tx, person.language(), to, change, Side.NEW, until);
    audit.record(tx, "person", "subscriber.address_change_asked", person.id().subject());
    return true;
  }

  /** The change that waits, for the person's own page. */
  public Optional<Instant> waitingUntil(Person person) {
    return changes
        .of(hub, person.id())
        .map(Change::expiresAt)
        .filter(until -> until.isAfter(clock.instant()));
  }

  /** Looks and changes nothing; empty where there is nothing to prove any more. */
  public Optional<Question> look(String token) {
    return links
        .readProof(token)
        .flatMap(proof -> changes.find(hub, proof.change()))
        .filter(change -> change.expiresAt().isAfter(clock.instant()))
        .flatMap(
            change ->
                people
                    .find(hub, change.subscriber())
                    .map(person -> new Question(person, change.address(), change.expiresAt())));
  }

  public Outcome prove(String token) {
    return links
        .readProof(token)
        .map(proof -> hub.transaction(tx -> prove(tx, proof)))
        .orElseGet(Outcome.Expired::new);
  }

  private Outcome prove(Tx tx, PersonLinks.Proof proof) {
    Instant now = clock.instant();
    Optional<Person> owner =
        changes.find(tx, proof.change()).flatMap(change -> people.lock(tx, change.subscriber()));
    changes
        .find(tx, proof.change())
        .ifPresent(change -> changes.prove(tx, change.id(), proof.side(), now));
    Optional<Change> proved =
        changes.find(tx, proof.change()).filter(change -> change.expiresAt().isAfter(now));
    if (owner.isEmpty() || proved.isEmpty()) {
      return new Outcome.Expired();
    }
    if (!proved.get().oldProved() || !proved.get().newProved()) {
      return new Outcome.OtherMissing(owner.get(), proved.get().expiresAt());
    }
    return move(tx, owner.get(), proved.get().address());
  }

  private Outcome move(Tx tx, Person person, EmailAddress to) {
    Optional<SubscriberId> merged =
        people
            .lock(tx, to)
            .filter(other -> !other.id().equals(person.id()))
            .map(other -> takeOver(tx, person, other));
    people.setAddress(tx, person.id(), to);
    changes.delete(tx, person.id());
    if (person.state() == SubscriberState.BOUNCED && !person.topics(State.ACTIVE).isEmpty()) {
      people.setState(tx, person.id(), SubscriberState.ACTIVE, Optional.of(clock.instant()));
    }
    Person moved = people.find(tx, person.id()).orElseThrow();
    JsonObject detail = new JsonObject();
    merged.ifPresent(other -> detail.put("took_over", other.subject()));
    audit.record(tx, "person", "subscriber.address_changed", person.id().subject(), detail);
    return new Outcome.Changed(
        moved, "/preferences/" + links.preferences(moved.id(), moved.links(), clock.instant()));
  }

  /** Both mailboxes are one person's: two records become one, and what either gets, it goes on. */
  private SubscriberId takeOver(Tx tx, Person person, Person other) {
    List<String> more =
        other.topics(State.ACTIVE).stream()
            .filter(
                topic ->
                    person.subscriptions().stream().noneMatch(one -> one.topic().equals(topic)))
            .toList();
    if (other.state() == SubscriberState.ACTIVE) {
      people.putTopics(tx, person.id(), more, State.ACTIVE, clock.instant());
    }
    people.delete(tx, other.id());
    return other.id();
  }
}
