package org.tocsin.correspondents;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.tocsin.access.LetterCode;
import org.tocsin.access.LinkStanding;
import org.tocsin.access.SessionSecret;
import org.tocsin.audit.Audit;
import org.tocsin.correspondents.DoorRepository.Seen;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;

/**
 * How members get in and out: by a link that works once, for ten minutes, in the browser that asked
 * for it. That browser's cookie is the other half: whoever only reads the mail gets nowhere. The
 * last of a day's letters opens in any browser ({@link org.tocsin.access.LetterBudget}).
 */
public final class PortalDoor {
  static final Duration IDLE = Duration.ofMinutes(60);
  static final Duration LONGEST = Duration.ofHours(12);
  private static final Duration TOUCH = Duration.ofMinutes(1);

  private final Database hub;
  private final Audit audit;
  private final InstantSource clock;
  private final MemberVault vault;
  private final MemberRepository members;
  private final DoorRepository door = new DoorRepository();

  public PortalDoor(Database hub, MemberVault vault, Audit audit, InstantSource clock) {
    this.hub = hub;
    this.audit = audit;
    this.clock = clock;
    this.vault = vault;
    this.members = new MemberRepository(vault);
  }

  /** Somebody came in; the secret is for the cookie and is nowhere else. */
  public record Entered(String secret, MemberId member) {
    @Override
    public String toString() {
      return "Entered[" + member + "]";
    }
  }

  /**
   * Looks and uses nothing up: mail scanners follow links.
   *
   * @param browser the secret of the cookie set when a link was asked for; may be empty
   */
  public LinkStanding look(String token, String browser) {
    return door.worksIn(hub, Secrets.digest(token), Secrets.digest(browser), clock.instant())
        .map(here -> here ? LinkStanding.WORKS : LinkStanding.OTHER_BROWSER)
        .orElse(LinkStanding.OVER);
  }

  /** Works once, where it belongs. */
  public Optional<Entered> enter(String token, String browser) {
    return hub.transaction(
        tx -> use(tx, Secrets.digest(token), Secrets.digest(browser), clock.instant()));
  }

  /** By the code beside a link that this browser asked for. A wrong one uses up a try of each. */
  public Optional<Entered> enterByCode(String typed, String browser) {
    byte[] here = Secrets.digest(browser);
    Instant now = clock.instant();
    return hub.transaction(
        tx ->
            door.tryCodes(tx, here, now, LetterCode.TRIES).stream()
                .filter(code -> vault.codeMatches(typed, code.hash()))
                .findFirst()
                .flatMap(code -> use(tx, code.link(), here, now)));
  }

  private Optional<Entered> use(Tx tx, byte[] link, byte[] browser, Instant now) {
    return door.use(tx, link, browser, now)
        .flatMap(id -> members.lock(tx, id))
        .filter(member -> member.state() == MemberState.ACTIVE)
        .map(
            member -> {
              String secret = Secrets.random();
              door.insertSession(tx, Secrets.digest(secret), member.id(), now, now.plus(LONGEST));
              audit.record(tx, "person", "member.signed_in", member.id().subject());
              return new Entered(secret, member.id());
            });
  }

  /** The session that a secret stands for, while it is open and its member active. */
  public Optional<PortalSession> resume(String secret) {
    byte[] digest = Secrets.digest(secret);
    Instant now = clock.instant();
    Optional<Seen> seen = door.session(hub, digest, now, now.minus(IDLE));
    if (seen.isPresent() && !seen.get().seenAt().plus(TOUCH).isAfter(now)) {
      door.touch(hub, digest, now);
    }
    return seen.flatMap(open -> members.find(hub, open.member()))
        .map(member -> new PortalSession(member, SessionSecret.csrf(secret)));
  }

  public void signOut(String secret) {
    hub.inTransaction(
        tx ->
            door.end(tx, Secrets.digest(secret))
                .ifPresent(id -> audit.record(tx, "person", "member.signed_out", id.subject())));
  }
}
