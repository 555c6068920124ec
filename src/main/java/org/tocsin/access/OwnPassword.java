package org.tocsin.access;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import org.tocsin.access.PasswordGuesses.Guess;
import org.tocsin.access.SessionRepository.Open;
import org.tocsin.access.StaffRepository.Known;
import org.tocsin.audit.Audit;
import org.tocsin.platform.crypto.LookupHash;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.errors.HubException.Forbidden;
import org.tocsin.platform.errors.HubException.Invalid;

/**
 * Sets one's own password, proved by the present one, or by a link used just before that was asked
 * for (or printed) for this: a link that only signs in replaces no password.
 */
public final class OwnPassword {
  /** Long enough to set a new password after a link, short enough that a found laptop is no use. */
  private static final Duration LINK_IS_PROOF = Duration.ofMinutes(15);

  private final Database database;
  private final Staff staff;
  private final Audit audit;
  private final InstantSource clock;
  private final PasswordGuesses guesses;
  private final Sessions sessions;

  public OwnPassword(
      Database database, Staff staff, LookupHash lookup, Audit audit, InstantSource clock) {
    this.database = database;
    this.staff = staff;
    this.audit = audit;
    this.clock = clock;
    this.guesses = new PasswordGuesses(database, lookup, audit, clock);
    this.sessions = new Sessions(database, staff.repository(), clock);
  }

  /** True where {@link #change} asks for the present password. */
  public boolean presentNeeded(String secret) {
    return sessions.find(secret).map(this::presentNeeded).orElse(true);
  }

  private boolean presentNeeded(Open open) {
    boolean justProvedByLink =
        open.proof() == Proof.RESET && open.openedAt().plus(LINK_IS_PROOF).isAfter(clock.instant());
    return open.staff().hasPassword() && !justProvedByLink;
  }

  /**
   * Closes what the old password had opened, and answers with the session that goes on.
   *
   * @param secret of the session in which the person asks
   */
  public SignIn.Opened change(String secret, String present, String wanted) {
    Open open = sessions.find(secret).orElseThrow(OwnPassword::signedOut);
    Password.check("new_password", wanted, open.staff().email());
    if (presentNeeded(open)) {
      prove(open.staff(), present, secret);
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
                  .orElseThrow(OwnPassword::signedOut);
          int others = staff.replacePassword(tx, member.id(), hash);
          SignIn.Opened opened = sessions.open(tx, member, Proof.PASSWORD);
          audit.record(
              tx,
              member.id().actor(),
              "staff.password_set",
              member.id().actor(),
              new JsonObject().put("other_sessions", others));
          return opened;
        });
  }

  /** A stolen session must not be a place to guess in. */
  private void prove(StaffMember who, String present, String secret) {
    Guess guess = guesses.begin(HexFormat.of().formatHex(Secrets.digest(secret)));
    boolean right =
        !Password.tooLong(present)
            && staff
                .repository()
                .find(database, who.id())
                .flatMap(Known::passwordHash)
                .map(hash -> PasswordWork.matches(present, hash))
                .orElse(false);
    if (!right) {
      guesses.wrong(guess, Optional.of(who.id()));
      throw new Invalid("present_password", "This is not your present password");
    }
    database.inTransaction(tx -> guesses.right(tx, guess));
  }

  private static Forbidden signedOut() {
    return new Forbidden("signed_out", "Your session has ended. Sign in again.");
  }
}
