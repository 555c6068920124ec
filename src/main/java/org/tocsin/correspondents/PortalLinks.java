package org.tocsin.correspondents;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.access.Asker;
import org.tocsin.access.Attempts;
import org.tocsin.access.Door;
import org.tocsin.access.LetterBudget;
import org.tocsin.access.LetterBudget.Leave;
import org.tocsin.access.LetterCode;
import org.tocsin.access.LinkGate;
import org.tocsin.access.MailedLink;
import org.tocsin.access.Mark;
import org.tocsin.access.Marks;
import org.tocsin.audit.Audit;
import org.tocsin.correspondents.DoorRepository.Wish;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.TooMany;
import org.tocsin.platform.time.Duty;

/**
 * Makes the links through the portal's door. Who asks gets the same answer in the same time whoever
 * it is: the wish is only written down, and looked at afterwards by {@link #round}.
 */
public final class PortalLinks implements Duty.Work {
  public static final Duration LIVES = Duration.ofMinutes(10);
  private static final Logger log = LoggerFactory.getLogger(PortalLinks.class);

  private static final int BATCH = 50;

  private final Database hub;
  private final MemberVault vault;
  private final MemberMail mail;
  private final LinkGate gate;
  private final LetterBudget budget;
  private final Marks marks;
  private final Audit audit;
  private final Bus bus;
  private final InstantSource clock;
  private final MemberRepository members;
  private final DoorRepository door = new DoorRepository();

  public PortalLinks(
      Database hub,
      MemberVault vault,
      MemberMail mail,
      Attempts attempts,
      LetterBudget budget,
      Marks marks,
      Audit audit,
      Bus bus,
      InstantSource clock) {
    this.hub = hub;
    this.vault = vault;
    this.mail = mail;
    this.gate = new LinkGate(attempts);
    this.budget = budget;
    this.marks = marks;
    this.audit = audit;
    this.bus = bus;
    this.clock = clock;
    this.members = new MemberRepository(vault);
  }

  /**
   * Writes the wish down. Who asks too often is told so, whatever they asked for; what was done
   * with the wish is told to nobody: it would tell of an address.
   */
  public void ask(EmailAddress address, Asker asker) {
    List<Mark> known = asker.at(Door.MEMBER);
    boolean allowed =
        hub.transaction(
            tx -> {
              LinkGate.Entry entry = gate.admit(tx, Door.MEMBER, asker);
              if (entry != LinkGate.Entry.REFUSED) {
                door.ask(
                    tx,
                    new Wish(
                        vault.seal(address),
                        asker.browserDigest(),
                        clock.instant(),
                        budget.hash(asker),
                        marks.write(known),
                        entry == LinkGate.Entry.BY_MARK));
                tx.afterCommit(() -> bus.publish(PortalLinkAsked.TOPIC, new PortalLinkAsked()));
              }
              return entry != LinkGate.Entry.REFUSED;
            });
    if (!allowed) {
      throw new TooMany(
          "too_many_links", "Too many links were asked for. Wait 15 minutes.", Attempts.WINDOW);
    }
  }

  /** Sends what was asked for. True where more may be waiting. */
  @Override
  public boolean round() {
    int sent = 0;
    for (long id : door.waiting(hub, BATCH)) {
      try {
        hub.inTransaction(tx -> door.claim(tx, id).ifPresent(wish -> answer(tx, wish)));
        sent++;
      } catch (RuntimeException failure) {
        // It is tried again until it is too old, and does not keep the others waiting.
        log.atError().addKeyValue("request", id).setCause(failure).log("No portal link was sent");
      }
    }
    return sent == BATCH;
  }

  private void answer(Tx tx, Wish wish) {
    if (!wish.at().plus(LIVES).isAfter(clock.instant())) {
      return;
    }
    members
        .find(tx, vault.openAddress(wish.address()))
        .filter(member -> member.state() == MemberState.ACTIVE)
        .ifPresent(member -> answer(tx, wish, member));
  }

  private void answer(Tx tx, Wish wish, Member member) {
    Optional<Mark> own = Asker.own(marks.read(wish.marks()), Door.MEMBER, member.id().value());
    if (wish.byMark() && own.isEmpty()) {
      log.atInfo().log("A link beyond its network's limit was asked for by another's mark");
      return;
    }
    Instant now = clock.instant();
    Leave leave =
        budget.admit(
            tx,
            member.address(),
            wish.source(),
            own,
            () -> door.opensAnywhere(tx, member.id(), now));
    switch (leave) {
      case NONE -> {
        // A letter that opens in any browser is in the mailbox already.
      }
      case BOUND -> send(tx, wish, member, false, wish.at().plus(LIVES));
      case ANYWHERE -> send(tx, wish, member, true, now.plus(LetterBudget.DAY));
    }
  }

  private void send(Tx tx, Wish wish, Member member, boolean anywhere, Instant expires) {
    MailedLink link =
        new MailedLink(Secrets.random(), LetterCode.random(), anywhere, false, expires);
    door.insertLink(
        tx, link, wish.browser(), member.id(), vault.codeHash(link.code()), clock.instant());
    mail.signIn(tx, member, link);
    audit.record(tx, "person", "member.link_issued", member.id().subject());
  }
}
