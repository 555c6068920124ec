package org.tocsin.subscribers;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.access.Asker;
import org.tocsin.access.Door;
import org.tocsin.access.LetterBudget;
import org.tocsin.access.LetterBudget.Leave;
import org.tocsin.access.LetterPace;
import org.tocsin.access.Mark;
import org.tocsin.access.Marks;
import org.tocsin.access.WishTally;
import org.tocsin.audit.Audit;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.crypto.UnusableKeyring;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.time.Duty;
import org.tocsin.subscribers.SignUpRequestRepository.Kind;
import org.tocsin.subscribers.SignUpRequestRepository.Request;
import org.tocsin.subscribers.Subscription.State;

/**
 * Takes what the public form left behind, one request in one transaction, and answers by mail and
 * only by mail. A request that fails waits and does not hold up the next; one whose network asked
 * for much waits its turn, before anybody looks whose address it is.
 */
public final class SignUpClerk implements Duty.Work {
  private static final Logger log = LoggerFactory.getLogger(SignUpClerk.class);
  private static final Duration RETRY = Duration.ofMinutes(5);
  private static final String CONSENT = "Sign-up form, confirmed by mail";

  private final Database hub;
  private final PeopleVault vault;
  private final PersonMail mail;
  private final Audit audit;
  private final InstantSource clock;
  private final SignUpRequestRepository requests = new SignUpRequestRepository();
  private final SubscriberRepository people;
  private final SuppressionRepository suppressions;
  private final LetterBudget budget;
  private final LetterPace pace;
  private final Marks marks;
  private final WishTally tally;

  public SignUpClerk(
      Database hub,
      PeopleVault vault,
      PersonMail mail,
      LetterBudget budget,
      LetterPace pace,
      Marks marks,
      WishTally tally,
      Audit audit,
      InstantSource clock) {
    this.hub = hub;
    this.vault = vault;
    this.mail = mail;
    this.audit = audit;
    this.clock = clock;
    this.people = new SubscriberRepository(vault);
    this.suppressions = new SuppressionRepository(vault);
    this.budget = budget;
    this.pace = pace;
    this.marks = marks;
    this.tally = tally;
  }

  /** How many letters wait for their turn. */
  public static long waiting(Database hub) {
    return new SignUpRequestRepository().waiting(hub);
  }

  /** One request; true where there was one. */
  @Override
  public boolean round() {
    Instant now = clock.instant();
    Optional<Long> next = requests.next(hub, now);
    if (next.isEmpty()) {
      return false;
    }
    try {
      hub.inTransaction(
          tx -> requests.take(tx, next.get()).ifPresent(request -> answer(tx, request)));
    } catch (RuntimeException failure) {
      requests.retryLater(hub, next.get(), now.plus(RETRY));
      throw failure;
    }
    return true;
  }

  private void answer(Tx tx, Request request) {
    EmailAddress address;
    try {
      address = vault.openAddress(request.address());
    } catch (UnusableKeyring unreadable) {
      log.atError().setCause(unreadable).log("A sign-up request does not open and was dropped");
      return;
    }
    Optional<Person> known = people.lock(tx, address);
    Optional<Mark> own =
        known.flatMap(
            person -> Asker.own(marks.read(request.marks()), Door.SUBSCRIBER, person.id().value()));
    if (own.isEmpty() && !request.waited()) {
      Optional<Instant> later = pace.turn(tx, request.source());
      if (later.isPresent()) {
        requests.waitFor(tx, request, vault.hash(address), later.get());
        tx.afterCommit(() -> tally.count(WishTally.What.POSTPONED));
        return;
      }
    }
    if (suppressions.reason(tx, address).isEmpty()) {
      answer(tx, request, address, known, own);
    }
  }

  private void answer(
      Tx tx, Request request, EmailAddress address, Optional<Person> known, Optional<Mark> own) {
    if (known.isPresent() && known.get().state() == SubscriberState.COMPLAINED) {
      return;
    }
    boolean hasChoices = known.isPresent() && known.get().state() != SubscriberState.PENDING;
    if (request.kind() == Kind.LINK && !hasChoices) {
      return;
    }
    // Every letter to somebody who has choices opens them in any browser, when it is the last.
    Leave leave =
        budget.admit(
            tx,
            address,
            request.source(),
            own,
            () -> !hasChoices || !budget.reserve(tx, Door.SUBSCRIBER, address));
    switch (leave) {
      case NONE -> {
        // To somebody who has choices the letters that went out today bring the way to all of them.
        boolean waits = !hasChoices && keep(tx, request, address, known);
        tx.afterCommit(() -> tally.count(waits ? WishTally.What.POSTPONED : WishTally.What.SPENT));
      }
      case BOUND -> send(tx, request, address, known);
      case ANYWHERE -> {
        if (known.isPresent() && hasChoices) {
          budget.reserve(tx, Door.SUBSCRIBER, address);
          mail.newLink(tx, known.get());
        } else {
          send(tx, request, address, known);
        }
      }
    }
  }

  /**
   * The letters that went out today open what they name and no more. What they do not name, which
   * may be the owner's own wish after strangers', waits for the next letter that there is room for.
   *
   * @return whether it waits
   */
  private boolean keep(Tx tx, Request request, EmailAddress address, Optional<Person> known) {
    boolean named =
        known
            .filter(person -> person.topics(State.PENDING).containsAll(request.topics()))
            .isPresent();
    if (named && !request.waited()) {
      return false;
    }
    Instant now = clock.instant();
    known.ifPresent(
        person -> people.putTopics(tx, person.id(), request.topics(), State.PENDING, now));
    requests.waitFor(tx, request, vault.hash(address), now.plus(LetterBudget.DAY));
    return true;
  }

  private void send(Tx tx, Request request, EmailAddress address, Optional<Person> known) {
    switch (request.kind()) {
      case SIGN_UP ->
          known.ifPresentOrElse(
              person -> signUp(tx, request, address, person), () -> begin(tx, request, address));
      case LINK -> known.ifPresent(person -> mail.newLink(tx, person));
    }
  }

  private void signUp(Tx tx, Request request, EmailAddress address, Person person) {
    switch (person.state()) {
      case PENDING -> remind(tx, request, person);
      case ACTIVE, PAUSED -> extend(tx, person, request.topics());
      case UNSUBSCRIBED, BOUNCED ->
          mail.confirmation(
              tx, address, request.language(), person.id(), person.links(), request.topics());
      case COMPLAINED -> throw new IllegalStateException("left out above");
    }
  }

  private void begin(Tx tx, Request request, EmailAddress address) {
    Instant now = clock.instant();
    SubscriberId id = people.insertPending(tx, address, request.language(), CONSENT, now);
    people.putTopics(tx, id, request.topics(), State.PENDING, now);
    mail.confirmation(tx, address, request.language(), id, 1, request.topics());
    audit.record(tx, "person", "subscriber.asked", id.subject(), topics(request.topics()));
  }

  /** Everything asked for so far: whoever signs up twice wants both. */
  private void remind(Tx tx, Request request, Person person) {
    Instant now = clock.instant();
    people.keepWaiting(tx, person.id(), request.language(), now);
    people.putTopics(tx, person.id(), request.topics(), State.PENDING, now);
    List<String> pending =
        people.find(tx, person.id()).map(again -> again.topics(State.PENDING)).orElseThrow();
    mail.confirmation(
        tx, person.address(), request.language(), person.id(), person.links(), pending);
  }

  private void extend(Tx tx, Person person, List<String> wanted) {
    List<String> more =
        wanted.stream().filter(topic -> !person.topics(State.ACTIVE).contains(topic)).toList();
    if (more.isEmpty()) {
      mail.alreadySignedUp(tx, person);
    } else {
      mail.newChoices(tx, person, more);
    }
  }

  private static JsonObject topics(List<String> topics) {
    return new JsonObject().put("topics", topics);
  }
}
