package org.tocsin.access;

import java.time.InstantSource;
import java.util.Optional;
import org.tocsin.access.Attempts.Subject;
import org.tocsin.access.Attempts.Try;
import org.tocsin.audit.Audit;
import org.tocsin.platform.crypto.LookupHash;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.TooMany;

/** Limits guessing at passwords, alike for addresses that are known and those that are not. */
final class PasswordGuesses {
  /** Wrong ones in {@link Attempts#WINDOW}, per address and per source. */
  static final int MOST = 5;

  private final Database database;
  private final Audit audit;
  private final Attempts attempts;

  PasswordGuesses(Database database, LookupHash lookup, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.attempts = new Attempts(lookup, clock);
  }

  /** One password that is about to be checked. It counts as wrong until it is {@link #right}. */
  record Guess(Subject address, Try onAddress, Try fromSource) {
    private boolean last() {
      return onAddress.count() == MOST || fromSource.count() == MOST;
    }
  }

  Guess begin(String address, String source) {
    Subject onAddress = new Subject("password.address", address, MOST);
    Subject fromSource = new Subject("password.source", Network.of(source), MOST);
    Guess guess =
        database.transaction(
            tx -> {
              Try ofSource = attempts.begin(tx, fromSource);
              return new Guess(onAddress, attempts.begin(tx, onAddress), ofSource);
            });
    if (!guess.onAddress().allowed() || !guess.fromSource().allowed()) {
      throw new TooMany(
          "too_many_attempts",
          "Too many tries. Wait 15 minutes, or ask for a sign-in link by e-mail.");
    }
    return guess;
  }

  /** The address is forgiven its wrong ones; the source only this, for it may try others. */
  void right(Tx tx, Guess guess) {
    attempts.forgiveAll(tx, guess.address());
    attempts.forgive(tx, guess.fromSource());
  }

  /** Where the limit is reached, a line for the auditors: the same work whoever it is. */
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
