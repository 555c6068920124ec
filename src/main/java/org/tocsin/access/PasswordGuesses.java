package org.tocsin.access;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.Attempts.Subject;
import org.tocsin.access.Attempts.Try;
import org.tocsin.audit.Audit;
import org.tocsin.platform.crypto.LookupHash;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.TooMany;

/**
 * Limits guessing at passwords, alike for addresses that are known and those that are not. Wrong
 * ones are counted under whoever types them: the network and the address together, and the network
 * over all addresses. What many networks together try on one address ends beyond a larger number. A
 * browser in which the owner came in before is counted by itself and by nothing else.
 */
final class PasswordGuesses {
  /** Wrong ones in {@link Attempts#WINDOW}: of one network at one address, or in one session. */
  static final int MOST = 5;

  /** In a browser of one's own. */
  static final int OWN = 10;

  /** Of one network, over all addresses. */
  static final int NETWORK = 20;

  /** At one address, of all networks together. */
  static final int ADDRESS = 50;

  private final Database database;
  private final Audit audit;
  private final Attempts attempts;

  PasswordGuesses(Database database, LookupHash lookup, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.attempts = new Attempts(lookup, clock);
  }

  /**
   * One password that is about to be checked. It counts as wrong until it is {@link #right}.
   *
   * @param asker whose wrong ones are forgiven with a right one
   */
  record Guess(Subject asker, List<Try> tries, boolean allowed) {
    private boolean last() {
      return tries.stream().anyMatch(Try::last);
    }
  }

  /**
   * @param own where the browser shows that the address's owner came in by it before
   */
  Guess begin(String address, Asker asker, Optional<Mark> own) {
    String network = asker.network().key();
    return begin(
        own.map(mark -> List.of(new Subject("password.browser", mark.guesses(), OWN)))
            .orElseGet(
                () ->
                    List.of(
                        new Subject("password.asker", network + " at " + address, MOST),
                        new Subject("password.network", network, NETWORK),
                        new Subject("password.address", address, ADDRESS))));
  }

  /** In a session that is open: a thief of it uses up that session's own. */
  Guess begin(String session) {
    return begin(List.of(new Subject("password.session", session, MOST)));
  }

  private Guess begin(List<Subject> subjects) {
    Guess guess =
        database.transaction(
            tx -> {
              List<Try> tries = new ArrayList<>();
              for (Subject subject : subjects) {
                Try made = attempts.begin(tx, subject);
                if (!made.allowed()) {
                  // What is not looked at uses up nothing of what is counted for others.
                  tries.forEach(earlier -> attempts.forgive(tx, earlier));
                  return new Guess(subjects.getFirst(), List.of(), false);
                }
                tries.add(made);
              }
              return new Guess(subjects.getFirst(), tries, true);
            });
    if (!guess.allowed()) {
      throw new TooMany(
          "too_many_attempts",
          "Too many tries. Wait 15 minutes, or ask for a sign-in link by e-mail.");
    }
    return guess;
  }

  /** Who typed it is forgiven the wrong ones at this address; of the rest only this is none. */
  void right(Tx tx, Guess guess) {
    attempts.forgiveAll(tx, guess.asker());
    guess.tries().forEach(made -> attempts.forgive(tx, made));
  }

  /** Where a limit is reached, a line for the auditors: the same work whoever it is. */
  void wrong(Guess guess, Optional<StaffId> known) {
    if (guess.last()) {
      String whom = known.map(StaffId::actor).orElse("nobody");
      database.inTransaction(tx -> audit.record(tx, "person", "sign_in.limit_reached", whom));
    }
  }

  int forget() {
    return attempts.forget(database);
  }
}
