package org.tocsin.correspondents;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.tocsin.access.LetterBudget;
import org.tocsin.audit.Audit;
import org.tocsin.broadcasts.Forgetting;
import org.tocsin.correspondents.MemberAddressRepository.Change;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.crypto.Tokens;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.TooMany;

/**
 * A member's change of address: both mailboxes prove themselves, in either order, within 48 hours;
 * until then mail goes to the old one. Then every session ends, and the old address is told. The
 * entry in the academy's list stays: it vouched for the person and not for the mailbox.
 */
public final class MemberAddressChanges {
  static final Duration WAITS = Duration.ofDays(2);
  private static final String PURPOSE = "member.address";
  private static final long NEW = 1;

  private final Database hub;
  private final Tokens tokens;
  private final MemberMail mail;
  private final LetterBudget budget;
  private final Forgetting forgetting;
  private final Audit audit;
  private final InstantSource clock;
  private final MemberRepository members;
  private final MemberAddressRepository changes;
  private final DoorRepository door = new DoorRepository();

  public MemberAddressChanges(
      Database hub,
      MemberVault vault,
      Tokens tokens,
      MemberMail mail,
      LetterBudget budget,
      Forgetting forgetting,
      Audit audit,
      InstantSource clock) {
    this.hub = hub;
    this.tokens = tokens;
    this.mail = mail;
    this.budget = budget;
    this.forgetting = forgetting;
    this.audit = audit;
    this.clock = clock;
    this.members = new MemberRepository(vault);
    this.changes = new MemberAddressRepository(vault);
  }

  /** What became of a proof. */
  public sealed interface Outcome {
    /** Too late, replaced by a later wish, done long ago, or no member any more. */
    record Expired() implements Outcome {}

    /** The other mailbox still has to prove itself. */
    record OtherMissing(Member member, Instant until) implements Outcome {}

    /** Another member has this address; both mailboxes were proved, so this may be said. */
    record Taken(Member member) implements Outcome {}

    record Changed(Member member) implements Outcome {}
  }

  /** What a proof's link asks, before its button is pressed. */
  public record Question(Member member, EmailAddress newAddress) {
    @Override
    public String toString() {
      return "Question[" + member + "]";
    }
  }

  /** Sends a proof to both. False where the address is the member's already. */
  public boolean ask(MemberId id, EmailAddress to) {
    return hub.transaction(
        tx -> {
          Member member =
              active(tx, id)
                  .orElseThrow(
                      () -> new Conflict("member_moved", "You are not a member any more."));
          if (member.address().lookupKey().equals(to.lookupKey())) {
            return false;
          }
          if (!budget.admitKnown(tx, id.subject(), to)) {
            throw new TooMany(
                "too_many_letters", "Too many letters were asked for today. Try again tomorrow.");
          }
          // That this is reached would tell of others who asked for letters to that address.
          if (budget.admitTo(tx, to)) {
            write(tx, member, to);
          }
          return true;
        });
  }

  private void write(Tx tx, Member member, EmailAddress to) {
    Instant now = clock.instant();
    Instant until = now.plus(WAITS);
    long change = changes.put(tx, member.id(), to, now, until);
    mail.proveOld(tx, member, tokens.issue(PURPOSE, change, 0), until);
    mail.proveNew(tx, member, to, tokens.issue(PURPOSE, change, NEW), until);
    audit.record(tx, "person", "member.address_change_asked", member.id().subject());
  }

  /** Until when a change waits, for the member's own page. */
  public Optional<Instant> waitingUntil(MemberId id) {
    return changes
        .of(hub, id)
        .map(Change::expiresAt)
        .filter(until -> until.isAfter(clock.instant()));
  }

  /** Looks and changes nothing: mail scanners follow links. */
  public Optional<Question> look(String token) {
    return tokens
        .read(PURPOSE, token)
        .flatMap(proof -> changes.find(hub, proof[0]))
        .filter(change -> change.expiresAt().isAfter(clock.instant()))
        .flatMap(
            change ->
                members
                    .find(hub, change.member())
                    .filter(member -> member.state() == MemberState.ACTIVE)
                    .map(member -> new Question(member, change.address())));
  }

  public Outcome prove(String token) {
    return tokens
        .read(PURPOSE, token)
        .map(proof -> hub.transaction(tx -> prove(tx, proof[0], proof[1] == NEW)))
        .orElseGet(Outcome.Expired::new);
  }

  private Outcome prove(Tx tx, long number, boolean byTheNew) {
    Instant now = clock.instant();
    Optional<Member> owner =
        changes.find(tx, number).flatMap(change -> active(tx, change.member()));
    if (owner.isEmpty()) {
      return new Outcome.Expired();
    }
    changes.prove(tx, number, byTheNew, now);
    // Read again: a later wish may have replaced it while its owner's row was waited for.
    Optional<Change> change = changes.find(tx, number).filter(one -> one.expiresAt().isAfter(now));
    if (change.isEmpty()) {
      return new Outcome.Expired();
    }
    return change.get().proved()
        ? move(tx, owner.get(), change.get().address())
        : new Outcome.OtherMissing(owner.get(), change.get().expiresAt());
  }

  private Outcome move(Tx tx, Member member, EmailAddress to) {
    changes.delete(tx, member.id());
    if (members.find(tx, to).filter(one -> one.state() != MemberState.ENDED).isPresent()) {
      return new Outcome.Taken(member);
    }
    members.setAddress(tx, member.id(), to);
    door.shut(tx, member.id());
    forgetting.letters(tx, MemberMail.KINDS, MemberErasure.speaksOf(member));
    mail.addressChanged(tx, member);
    audit.record(tx, "person", "member.address_changed", member.id().subject());
    return new Outcome.Changed(member);
  }

  private Optional<Member> active(Tx tx, MemberId id) {
    return members.lock(tx, id).filter(member -> member.state() == MemberState.ACTIVE);
  }
}
