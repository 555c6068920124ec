package org.tocsin.access;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.tocsin.access.Attempts.Subject;
import org.tocsin.access.Attempts.Try;
import org.tocsin.access.SessionRepository.Open;
import org.tocsin.access.StaffRepository.Known;
import org.tocsin.audit.Audit;
import org.tocsin.platform.crypto.LookupHash;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Forbidden;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.errors.HubException.TooMany;

/**
 * How staff get in and out: by password or one-time link, into a session. Nothing here tells
 * whether an address is known: not the answer, not its time, not the limit on tries.
 */
public final class SignIn {
  /** Tries in {@link Attempts#WINDOW}, per address and per source. */
  static final int TRIES = 5;

  /** Long enough to set a new password after a link, short enough that a found laptop is no use. */
  private static final Duration LINK_IS_PROOF = Duration.ofMinutes(15);

  private final Database database;
  private final Staff staff;
  private final Audit audit;
  private final InstantSource clock;
  private final Attempts attempts;
  private final Sessions sessions;
  private final SignInLinkRepository links = new SignInLinkRepository();

  public SignIn(
      Database database, Staff staff, LookupHash lookup, Audit audit, InstantSource clock) {
    this.database = database;
    this.staff = staff;
    this.audit = audit;
    this.clock = clock;
    this.attempts = new Attempts(lookup, clock);
    this.sessions = new Sessions(database, staff.repository(), clock);
  }

  /** A new session; the secret is for the cookie and is nowhere else. */
  public record Opened(String secret, Session session) {
    @Override
    public String toString() {
      return "Opened[" + session + "]";
    }
  }

  /** The tries one sign-in counts as. */
  private record Tries(Try address, Try source) {
    boolean last() {
      return address.count() == TRIES || source.count() == TRIES;
    }
  }

  /**
   * Empty where address and password do not belong together, whichever of them is wrong.
   *
   * @param source the network the request comes from
   */
  public Optional<Opened> byPassword(String email, String password, String source) {
    String address = EmailAddress.normalise(email).orElse("");
    Subject ofAddress = new Subject("password.address", address, TRIES);
    Tries tries = begin(ofAddress, new Subject("password.source", Network.of(source), TRIES));
    Optional<Known> known =
        staff.repository().findByAddress(database, address).filter(Known::active);
    if (Password.tooLong(password)) {
      return failed(known, tries);
    }
    Optional<String> hash = known.flatMap(Known::passwordHash);
    boolean right =
        hash.isPresent()
            ? PasswordWork.matches(password, hash.get())
            : PasswordWork.pretend(password);
    return right && known.isPresent() && hash.isPresent()
        ? database.transaction(
            tx -> admit(tx, known.get().member().id(), hash.get(), ofAddress, tries))
        : failed(known, tries);
  }

  private Tries begin(Subject address, Subject source) {
    Tries tries =
        database.transaction(
            tx -> {
              Try fromSource = attempts.begin(tx, source);
              Try onAddress = attempts.begin(tx, address);
              return new Tries(onAddress, fromSource);
            });
    if (!tries.address().allowed() || !tries.source().allowed()) {
      throw new TooMany(
          "too_many_attempts",
          "Too many tries. Wait 15 minutes, or ask for a sign-in link by e-mail.");
    }
    return tries;
  }

  /** The password may have been changed, or the person have left, while it was being checked. */
  private Optional<Opened> admit(Tx tx, StaffId id, String hash, Subject address, Tries tries) {
    Optional<Known> still =
        staff
            .repository()
            .lock(tx, id)
            .filter(Known::active)
            .filter(known -> known.passwordHash().equals(Optional.of(hash)));
    if (still.isEmpty()) {
      return Optional.empty();
    }
    attempts.forgiveAll(tx, address);
    attempts.forgive(tx, tries.source());
    return Optional.of(open(tx, still.get().member(), Proof.PASSWORD));
  }

  /** Known or not, the same is written: where the limit is reached, a line for the auditors. */
  private Optional<Opened> failed(Optional<Known> known, Tries tries) {
    if (tries.last()) {
      String whom = known.map(staffKnown -> staffKnown.member().id().actor()).orElse("nobody");
      database.inTransaction(tx -> audit.record(tx, "person", "sign_in.limit_reached", whom));
    }
    return Optional.empty();
  }

  /** True while {@link #byLink} would let somebody in. Uses nothing up. */
  public boolean linkWorks(String token) {
    return links.usable(database, Secrets.digest(token), clock.instant());
  }

  /** Works once. Empty for a link that was used, is too old, or was never one. */
  public Optional<Opened> byLink(String token) {
    return database.transaction(
        tx ->
            links
                .use(tx, Secrets.digest(token), clock.instant())
                .flatMap(id -> staff.repository().lock(tx, id))
                .filter(Known::active)
                .map(known -> open(tx, known.member(), Proof.LINK)));
  }

  private Opened open(Tx tx, StaffMember member, Proof proof) {
    Opened opened = sessions.open(tx, member, proof);
    audit.record(
        tx,
        member.id().actor(),
        "session.opened",
        member.id().actor(),
        new JsonObject().put("by", proof.name().toLowerCase(java.util.Locale.ROOT)));
    return opened;
  }

  /** The session that a secret stands for, if it is still open. Cheap enough for every request. */
  public Optional<Session> resume(String secret) {
    return sessions.resume(secret);
  }

  public void signOut(String secret) {
    database.inTransaction(
        tx ->
            sessions
                .end(tx, secret)
                .ifPresent(who -> audit.record(tx, who.actor(), "session.ended", who.actor())));
  }

  /** Every session of this person, on every machine. Says how many there were. */
  public int signOutEverywhere(StaffMember who) {
    return database.transaction(
        tx -> {
          int ended = sessions.endAll(tx, who.id());
          links.voidAll(tx, who.id());
          audit.record(
              tx,
              who.id().actor(),
              "session.ended_everywhere",
              who.id().actor(),
              new JsonObject().put("sessions", ended));
          return ended;
        });
  }

  /** True where {@link #changePassword} asks for the present password. */
  public boolean presentPasswordNeeded(String secret) {
    return sessions.find(secret).map(this::presentPasswordNeeded).orElse(true);
  }

  private boolean presentPasswordNeeded(Open open) {
    boolean justProvedByLink =
        open.proof() == Proof.LINK && open.openedAt().plus(LINK_IS_PROOF).isAfter(clock.instant());
    return open.staff().hasPassword() && !justProvedByLink;
  }

  /**
   * Sets one's own password, closes what the old one had opened, and answers with the session that
   * goes on. Needs the present password, or a link used just before.
   */
  public Opened changePassword(String secret, String present, String wanted, String source) {
    Open open = sessions.find(secret).orElseThrow(SignIn::signedOut);
    Password.check("new_password", wanted, open.staff().email());
    if (presentPasswordNeeded(open)) {
      provePresent(open.staff(), present, source);
    }
    String hash = PasswordWork.hash(wanted);
    return database.transaction(
        tx -> {
          // The session is used up here: had it been ended meanwhile, it must not set a password.
          StaffMember member =
              sessions
                  .end(tx, secret)
                  .flatMap(id -> staff.repository().lock(tx, id))
                  .filter(Known::active)
                  .map(Known::member)
                  .orElseThrow(SignIn::signedOut);
          int others = staff.replacePassword(tx, member.id(), hash);
          Opened opened = sessions.open(tx, member, Proof.PASSWORD);
          audit.record(
              tx,
              member.id().actor(),
              "staff.password_set",
              member.id().actor(),
              new JsonObject().put("other_sessions", others));
          return opened;
        });
  }

  private static Forbidden signedOut() {
    return new Forbidden("signed_out", "Your session has ended. Sign in again.");
  }

  private void provePresent(StaffMember who, String present, String source) {
    Subject ofAddress = new Subject("password.address", who.email(), TRIES);
    Tries tries = begin(ofAddress, new Subject("password.source", Network.of(source), TRIES));
    Optional<Known> known = staff.repository().find(database, who.id());
    boolean right =
        !Password.tooLong(present)
            && known
                .flatMap(Known::passwordHash)
                .map(hash -> PasswordWork.matches(present, hash))
                .orElse(false);
    if (!right) {
      failed(known, tries);
      throw new Invalid("present_password", "This is not your present password");
    }
    database.inTransaction(
        tx -> {
          attempts.forgiveAll(tx, ofAddress);
          attempts.forgive(tx, tries.source());
        });
  }

  /** Housekeeping: forgets what no longer counts, and says how many rows that were. */
  public int forgetExpired() {
    return attempts.forget(database)
        + sessions.forget()
        + links.forget(database, clock.instant().minus(Duration.ofDays(7)));
  }
}
