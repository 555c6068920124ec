package org.tocsin.subscribers;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.audit.Audit;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.crypto.UnusableKeyring;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.time.Duty;
import org.tocsin.subscribers.SignUpRequestRepository.Request;
import org.tocsin.subscribers.Subscription.State;

/**
 * Takes what the public form left behind, one request in one transaction, and answers by mail and
 * only by mail. A request that fails waits and does not hold up the next.
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
  private final LetterCaps caps;

  public SignUpClerk(
      Database hub,
      PeopleVault vault,
      PersonMail mail,
      Settings.Mail limits,
      Audit audit,
      InstantSource clock) {
    this.hub = hub;
    this.vault = vault;
    this.mail = mail;
    this.audit = audit;
    this.clock = clock;
    this.people = new SubscriberRepository(vault);
    this.suppressions = new SuppressionRepository(vault);
    this.caps = new LetterCaps(limits, new ConfirmationRepository(vault));
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
      requests.postpone(hub, next.get(), now.plus(RETRY));
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
    if (suppressions.reason(tx, address).isPresent()) {
      return;
    }
    Optional<Person> known = people.lock(tx, address);
    switch (request.kind()) {
      case SIGN_UP -> signUp(tx, request, address, known);
      case LINK -> known.ifPresent(person -> newLink(tx, request, person));
    }
  }

  private void signUp(Tx tx, Request request, EmailAddress address, Optional<Person> known) {
    List<String> wanted = request.topics();
    if (known.isPresent() && known.get().state() == SubscriberState.COMPLAINED) {
      return;
    }
    if (!caps.admit(tx, address, request.source(), clock.instant())) {
      return;
    }
    if (known.isEmpty()) {
      begin(tx, request, address);
      return;
    }
    Person person = known.get();
    switch (person.state()) {
      case PENDING -> remind(tx, request, person);
      case ACTIVE, PAUSED -> extend(tx, person, wanted);
      case UNSUBSCRIBED, BOUNCED ->
          mail.confirmation(tx, address, request.language(), person.id(), person.links(), wanted);
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

  /** Who never confirmed has no choices to change yet, and who complained wants no mail. */
  private void newLink(Tx tx, Request request, Person person) {
    boolean has =
        switch (person.state()) {
          case ACTIVE, PAUSED, UNSUBSCRIBED, BOUNCED -> true;
          case PENDING, COMPLAINED -> false;
        };
    if (has && caps.admit(tx, person.address(), request.source(), clock.instant())) {
      mail.newLink(tx, person);
    }
  }

  private static JsonObject topics(List<String> topics) {
    return new JsonObject().put("topics", topics);
  }
}
