package org.tocsin.correspondents;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.access.Attempts;
import org.tocsin.access.Attempts.Subject;
import org.tocsin.audit.Audit;
import org.tocsin.correspondents.DoorRepository.Wish;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.time.Duty;

/**
 * Makes the links through the portal's door. Who asks gets the same answer in the same time whoever
 * it is: the wish is only written down, and looked at afterwards by {@link #round}.
 */
public final class PortalLinks implements Duty.Work {
  public static final Duration LIVES = Duration.ofMinutes(10);
  private static final Logger log = LoggerFactory.getLogger(PortalLinks.class);

  /** Mails in {@link Attempts#WINDOW}, so that nobody's mailbox is flooded. */
  static final int PER_ADDRESS = 3;

  static final int PER_SOURCE = 20;
  private static final int BATCH = 50;

  private final Database hub;
  private final MemberVault vault;
  private final MemberMail mail;
  private final Attempts attempts;
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
      Audit audit,
      Bus bus,
      InstantSource clock) {
    this.hub = hub;
    this.vault = vault;
    this.mail = mail;
    this.attempts = attempts;
    this.audit = audit;
    this.bus = bus;
    this.clock = clock;
    this.members = new MemberRepository(vault);
  }

  /** Writes the wish down. A cap that was reached is not told: it would tell of an address. */
  public void ask(EmailAddress address, String browser, SourceNetwork source) {
    hub.inTransaction(
        tx -> {
          Subject from = new Subject("portal.source", source.key(), PER_SOURCE);
          Subject to = new Subject("portal.address", address.lookupKey(), PER_ADDRESS);
          boolean room = attempts.begin(tx, from).allowed();
          // Both are counted whatever the first says: the same steps whoever asks.
          room = attempts.begin(tx, to).allowed() && room;
          if (room) {
            door.ask(tx, vault.seal(address), Secrets.digest(browser), clock.instant());
            tx.afterCommit(() -> bus.publish(PortalLinkAsked.TOPIC, new PortalLinkAsked()));
          }
        });
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
    Instant expires = wish.at().plus(LIVES);
    if (!expires.isAfter(clock.instant())) {
      return;
    }
    members
        .find(tx, vault.openAddress(wish.address()))
        .filter(member -> member.state() == MemberState.ACTIVE)
        .ifPresent(
            member -> {
              String token = Secrets.random();
              door.insertLink(tx, Secrets.digest(token), wish.browser(), member.id(), expires);
              mail.signIn(tx, member, token, expires);
              audit.record(tx, "person", "member.link_issued", member.id().subject());
            });
  }
}
