package org.tocsin.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.SessionRepository.Open;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;

/**
 * Sessions: a random secret with the browser, its digest here. A session is always opened with a
 * fresh secret, never with one that a browser brought along.
 */
final class Sessions {
  static final Duration IDLE = Duration.ofMinutes(60);
  static final Duration LONGEST = Duration.ofHours(12);
  private static final Duration TOUCH = Duration.ofMinutes(1);
  private static final int LIST = 50;

  private final Database database;
  private final StaffRepository staff;
  private final InstantSource clock;
  private final SessionRepository sessions = new SessionRepository();

  Sessions(Database database, StaffRepository staff, InstantSource clock) {
    this.database = database;
    this.staff = staff;
    this.clock = clock;
  }

  SignIn.Opened open(Tx tx, StaffMember member, Proof proof) {
    String secret = Secrets.random();
    Instant now = clock.instant();
    sessions.insert(tx, Secrets.digest(secret), member.id(), proof, now, now.plus(LONGEST));
    return new SignIn.Opened(secret, new Session(member, SessionSecret.csrf(secret)));
  }

  Optional<Session> resume(String secret) {
    return find(secret).map(open -> new Session(open.staff(), SessionSecret.csrf(secret)));
  }

  /** One query; the time of the last visit is written at most once a minute. */
  Optional<Open> find(String secret) {
    byte[] digest = Secrets.digest(secret);
    Instant now = clock.instant();
    Optional<Open> open = sessions.find(database, digest, now, now.minus(IDLE), staff::member);
    if (open.isPresent() && !open.get().seenAt().plus(TOUCH).isAfter(now)) {
      sessions.touch(database, digest, now);
    }
    return open;
  }

  List<SignIn.OpenSession> list(StaffId who, String mine) {
    Instant now = clock.instant();
    return sessions.list(database, who, Secrets.digest(mine), now, now.minus(IDLE), LIST);
  }

  Optional<StaffId> end(Tx tx, String secret) {
    return sessions.end(tx, Secrets.digest(secret));
  }

  int endAll(Tx tx, StaffId who) {
    return sessions.endAll(tx, who);
  }

  int forget() {
    Instant now = clock.instant();
    return sessions.forget(database, now, now.minus(IDLE));
  }
}
