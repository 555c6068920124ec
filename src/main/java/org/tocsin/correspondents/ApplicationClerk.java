package org.tocsin.correspondents;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.access.LetterBudget;
import org.tocsin.access.LetterBudget.Leave;
import org.tocsin.access.LetterPace;
import org.tocsin.access.WishTally;
import org.tocsin.audit.Audit;
import org.tocsin.correspondents.ApplicationRequestRepository.Request;
import org.tocsin.correspondents.RosterRepository.Listed;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.crypto.UnusableKeyring;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.time.Duty;

/**
 * Takes what the public form left and what was proved, one at a time, each in one transaction, and
 * answers by mail and only by mail.
 */
public final class ApplicationClerk implements Duty.Work {
  private static final Logger log = LoggerFactory.getLogger(ApplicationClerk.class);
  private static final Duration RETRY = Duration.ofMinutes(5);

  private final Database hub;
  private final MemberVault vault;
  private final MemberMail mail;
  private final LetterBudget budget;
  private final LetterPace pace;
  private final WishTally tally;
  private final Audit audit;
  private final InstantSource clock;
  private final ApplicationRequestRepository requests = new ApplicationRequestRepository();
  private final ApplicationRepository applications;
  private final RosterRepository roster;
  private final MemberRepository members;

  public ApplicationClerk(
      Database hub,
      MemberVault vault,
      MemberMail mail,
      LetterBudget budget,
      LetterPace pace,
      WishTally tally,
      Audit audit,
      InstantSource clock) {
    this.hub = hub;
    this.vault = vault;
    this.mail = mail;
    this.budget = budget;
    this.pace = pace;
    this.tally = tally;
    this.audit = audit;
    this.clock = clock;
    this.applications = new ApplicationRepository(vault);
    this.roster = new RosterRepository(vault);
    this.members = new MemberRepository(vault);
  }

  /** How many letters wait for their turn. */
  public static long waiting(Database hub) {
    return new ApplicationRequestRepository().waiting(hub);
  }

  /** One request or one match; true where there was one. */
  @Override
  public boolean round() {
    Instant now = clock.instant();
    Optional<Long> next = requests.next(hub, now);
    if (next.isPresent()) {
      try {
        hub.inTransaction(
            tx -> requests.take(tx, next.get()).ifPresent(request -> answer(tx, request)));
      } catch (RuntimeException failure) {
        requests.retryLater(hub, next.get(), now.plus(RETRY));
        throw failure;
      }
      return true;
    }
    Optional<ApplicationId> proven = applications.nextProven(hub);
    proven.ifPresent(id -> hub.inTransaction(tx -> match(tx, id)));
    return proven.isPresent();
  }

  private void answer(Tx tx, Request request) {
    ApplicationForm form;
    try {
      form = ApplicationForm.fromText(vault.openRequest(request.sealed()));
    } catch (UnusableKeyring unreadable) {
      log.atError().setCause(unreadable).log("An application does not open and was dropped");
      return;
    }
    if (!request.waited()) {
      Optional<Instant> later = pace.turn(tx, request.source());
      if (later.isPresent()) {
        requests.waitFor(tx, request, vault.hash(form.address()), later.get());
        tx.afterCommit(() -> tally.count(WishTally.What.POSTPONED));
        return;
      }
    }
    // The letters that went out today stay good, each for what was typed when it was asked for, and
    // what was typed can be put right where they lead to.
    if (budget.admit(tx, form.address(), request.source(), Optional.empty(), () -> true)
        == Leave.NONE) {
      tx.afterCommit(() -> tally.count(WishTally.What.SPENT));
    } else {
      write(tx, form);
    }
  }

  private void write(Tx tx, ApplicationForm form) {
    Optional<Member> member =
        members.find(tx, form.address()).filter(known -> known.state() != MemberState.ENDED);
    if (member.isPresent()) {
      if (member.get().state() == MemberState.ACTIVE) {
        mail.already(tx, member.get());
      }
      return;
    }
    Optional<Application> open = applications.lockOpen(tx, form.address());
    if (open.isEmpty()) {
      begin(tx, form);
    } else if (open.get().state() == Application.State.APPLIED) {
      applications.again(tx, open.get().id(), clock.instant());
      letter(tx, open.get().id(), form);
    }
  }

  private void begin(Tx tx, ApplicationForm form) {
    ApplicationId id = applications.insert(tx, form, clock.instant());
    letter(tx, id, form);
    audit.record(tx, "person", "application.received", id.subject());
  }

  private void letter(Tx tx, ApplicationId id, ApplicationForm form) {
    String token = Secrets.random();
    applications.insertLetter(tx, Secrets.digest(token), id, form, clock.instant());
    mail.proof(tx, form, token);
  }

  private void match(Tx tx, ApplicationId id) {
    Application application =
        applications
            .lock(tx, id)
            .filter(known -> known.state() == Application.State.EMAIL_PROVEN)
            .orElse(null);
    if (application == null) {
      return;
    }
    List<Listed> entries = roster.byName(tx, application.academy(), application.name());
    if (entries.size() != 1) {
      review(
          tx,
          id,
          entries.isEmpty() ? Application.Reason.NO_ENTRY : Application.Reason.SEVERAL_ENTRIES);
    } else if (applications.taken(tx, entries.getFirst().id())) {
      review(tx, id, Application.Reason.ENTRY_TAKEN);
    } else {
      askRoster(tx, "system", application, entries.getFirst());
    }
  }

  private void review(Tx tx, ApplicationId id, Application.Reason why) {
    applications.stop(tx, id, Application.State.NEEDS_REVIEW, why, clock.instant());
    audit.record(
        tx,
        "system",
        "application.needs_review",
        id.subject(),
        new JsonObject().put("reason", why.name()));
  }

  /** Also when staff names the entry. */
  void askRoster(Tx tx, String actor, Application application, Listed entry) {
    String token = Secrets.random();
    applications.matched(tx, application.id(), entry.id(), Secrets.digest(token), clock.instant());
    mail.vouch(tx, entry.entry(), application, token);
    audit.record(tx, actor, "application.roster_matched", application.id().subject());
  }
}
