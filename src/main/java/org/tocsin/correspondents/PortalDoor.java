package org.tocsin.correspondents;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.tocsin.access.SessionSecret;
import org.tocsin.audit.Audit;
import org.tocsin.correspondents.DoorRepository.Seen;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.database.Database;

/**
 * How members get in and out: by a link that works once, for ten minutes, in the browser that asked
 * for it. That browser's cookie is the other half: whoever only reads the mail gets nowhere.
 */
public final class PortalDoor {
  static final Duration IDLE = Duration.ofMinutes(60);
  static final Duration LONGEST = Duration.ofHours(12);
  private static final Duration TOUCH = Duration.ofMinutes(1);

  private final Database hub;
  private final Audit audit;
  private final InstantSource clock;
  private final MemberRepository members;
  private final DoorRepository door = new DoorRepository();

  public PortalDoor(Database hub, MemberVault vault, Audit audit, InstantSource clock) {
    this.hub = hub;
    this.audit = audit;
    this.clock = clock;
    this.members = new MemberRepository(vault);
  }

  /** How a link stands with the browser that brings it. */
  public enum Standing {
    WORKS,
    /** It works, but not here. */
    OTHER_BROWSER,
    OVER
  }

  /**
   * Looks and uses nothing up: mail scanners follow links.
   *
   * @param browser the secret of the cookie set when a link was asked for; may be empty
   */
  public Standing look(String token, String browser) {
    return door.browser(hub, Secrets.digest(token), clock.instant())
        .map(
            bound ->
                Arrays.equals(bound, Secrets.digest(browser))
                    ? Standing.WORKS
                    : Standing.OTHER_BROWSER)
        .orElse(Standing.OVER);
  }

  /** Works once, in its own browser; answers with a new session's secret, for the cookie. */
  public Optional<String> enter(String token, String browser) {
    Instant now = clock.instant();
    return hub.transaction(
        tx ->
            door.use(tx, Secrets.digest(token), Secrets.digest(browser), now)
                .flatMap(id -> members.lock(tx, id))
                .filter(member -> member.state() == MemberState.ACTIVE)
                .map(
                    member -> {
                      String secret = Secrets.random();
                      door.insertSession(
                          tx, Secrets.digest(secret), member.id(), now, now.plus(LONGEST));
                      audit.record(tx, "person", "member.signed_in", member.id().subject());
                      return secret;
                    }));
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
