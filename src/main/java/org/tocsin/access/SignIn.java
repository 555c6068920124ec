package org.tocsin.access;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.PasswordGuesses.Guess;
import org.tocsin.access.SignInLinkRepository.Used;
import org.tocsin.access.StaffRepository.Known;
import org.tocsin.audit.Audit;
import org.tocsin.platform.crypto.LookupHash;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;

/**
 * How staff get in and out: by password or one-time link, into a session. Nothing here tells
 * whether an address is known: not the answer, not its time, not the limit on tries.
 */
public final class SignIn {
  /** How long a used or old link is kept, so that the audit's "issued" can be looked up. */
  private static final Duration OLD_LINKS = Duration.ofDays(7);

  private final Database database;
  private final Staff staff;
  private final Audit audit;
  private final InstantSource clock;
  private final LookupHash lookup;
  private final PasswordGuesses guesses;
  private final Sessions sessions;
  private final SignInLinkRepository links = new SignInLinkRepository();

  public SignIn(
      Database database, Staff staff, LookupHash lookup, Audit audit, InstantSource clock) {
    this.database = database;
    this.staff = staff;
    this.audit = audit;
    this.clock = clock;
    this.lookup = lookup;
    this.guesses = new PasswordGuesses(database, lookup, audit, clock);
    this.sessions = new Sessions(database, staff.repository(), clock);
  }

  /** A new session; the secret is for the cookie and is nowhere else. */
  public record Opened(String secret, Session session) {
    @Override
    public String toString() {
      return "Opened[" + session + "]";
    }
  }

  /** One of a person's sessions, as that person sees it. */
  public record OpenSession(boolean byLink, Instant opened, Instant seen, boolean thisOne) {}

  /**
   * Empty where address and password do not belong together, whichever of them is wrong.
   *
   * @param asker whose budget of wrong ones it is
   */
  public Optional<Opened> byPassword(String email, String password, Asker asker) {
    String address = EmailAddress.normalise(email).orElse("");
    Optional<Known> known =
        staff.repository().findByAddress(database, address).filter(Known::active);
    Optional<Mark> own = known.flatMap(who -> asker.own(Door.STAFF, who.member().id().value()));
    Guess guess = guesses.begin(address, asker, own);
    Optional<String> hash = known.flatMap(Known::passwordHash);
    boolean right = !Password.tooLong(password) && matches(password, hash);
    if (right && known.isPresent() && hash.isPresent()) {
      return database.transaction(tx -> admit(tx, known.get().member().id(), hash.get(), guess));
    }
    guesses.wrong(guess, known.map(Known::member).map(StaffMember::id));
    return Optional.empty();
  }

  private static boolean matches(String password, Optional<String> hash) {
    return hash.isPresent()
        ? PasswordWork.matches(password, hash.get())
        : PasswordWork.pretend(password);
  }

  /** The password may have been changed, or the person have left, while it was being checked. */
  private Optional<Opened> admit(Tx tx, StaffId id, String hash, Guess guess) {
    Optional<Known> still =
        staff
            .repository()
            .lock(tx, id)
            .filter(Known::active)
            .filter(known -> known.passwordHash().equals(Optional.of(hash)));
    if (still.isEmpty()) {
      return Optional.empty();
    }
    guesses.right(tx, guess);
    return Optional.of(open(tx, still.get().member(), Proof.PASSWORD));
  }

  /**
   * Looks and uses nothing up: mail scanners follow links.
   *
   * @param browser the secret of the cookie set when a link was asked for; may be empty
   */
  public LinkStanding look(String token, String browser) {
    return links
        .worksIn(database, Secrets.digest(token), Secrets.digest(browser), clock.instant())
        .map(here -> here ? LinkStanding.WORKS : LinkStanding.OTHER_BROWSER)
        .orElse(LinkStanding.OVER);
  }

  /** Works once, where it belongs. Empty for a link that was used, is too old, or was never one. */
  public Optional<Opened> byLink(String token, String browser) {
    return database.transaction(
        tx -> use(tx, Secrets.digest(token), Secrets.digest(browser), clock.instant()));
  }

  /** By the code beside a link that this browser asked for. A wrong one uses up a try of each. */
  public Optional<Opened> byCode(String typed, String browser) {
    byte[] here = Secrets.digest(browser);
    Instant now = clock.instant();
    return database.transaction(
        tx ->
            links.tryCodes(tx, here, now, LetterCode.TRIES).stream()
                .filter(code -> LetterCode.matches(lookup, typed, code.hash()))
                .findFirst()
                .flatMap(code -> use(tx, code.link(), here, now)));
  }

  private Optional<Opened> use(Tx tx, byte[] link, byte[] browser, Instant now) {
    Optional<Used> used = links.use(tx, link, browser, now);
    return used.flatMap(one -> staff.repository().lock(tx, one.staff()))
        .filter(Known::active)
        .map(
            known ->
                open(
                    tx,
                    known.member(),
                    used.orElseThrow().replacesPassword() ? Proof.RESET : Proof.LINK));
  }

  private Opened open(Tx tx, StaffMember member, Proof proof) {
    Opened opened = sessions.open(tx, member, proof);
    audit.record(
        tx,
        member.id().actor(),
        "session.opened",
        member.id().actor(),
        new JsonObject().put("by", proof == Proof.PASSWORD ? "password" : "link"));
    return opened;
  }

  /** The session that a secret stands for, if it is still open. Cheap enough for every request. */
  public Optional<Session> resume(String secret) {
    return sessions.resume(secret);
  }

  /** The open sessions of the person behind a session, the last used first. */
  public List<OpenSession> openSessions(StaffMember who, String secret) {
    return sessions.list(who.id(), secret);
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
    return signOutEverywhere(who.id().actor(), who);
  }

  /** Also for somebody else's lost laptop. */
  public int signOutEverywhere(String actor, StaffMember who) {
    return database.transaction(
        tx -> {
          int ended = sessions.endAll(tx, who.id());
          links.voidAll(tx, who.id());
          audit.record(
              tx,
              actor,
              "session.ended_everywhere",
              who.id().actor(),
              new JsonObject().put("sessions", ended));
          return ended;
        });
  }

  /** Housekeeping: forgets what no longer counts, and says how many rows that were. */
  public int forgetExpired() {
    return guesses.forget()
        + sessions.forget()
        + links.forget(database, clock.instant().minus(OLD_LINKS));
  }
}
