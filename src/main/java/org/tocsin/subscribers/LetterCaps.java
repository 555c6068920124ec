package org.tocsin.subscribers;

import java.time.Duration;
import java.time.Instant;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.database.Tx;

/**
 * How many letters a stranger can cause: to one address in a day, from one source in an hour.
 * Nobody is bombed, and nobody is told that a cap was reached.
 */
final class LetterCaps {
  static final Duration ADDRESS_WINDOW = Duration.ofHours(24);
  private static final Duration SOURCE_WINDOW = Duration.ofHours(1);

  private final Settings.Mail limits;
  private final ConfirmationRepository letters;

  LetterCaps(Settings.Mail limits, ConfirmationRepository letters) {
    this.limits = limits;
    this.letters = letters;
  }

  /** Counts one more letter, where there is room for it. */
  boolean admit(Tx tx, EmailAddress address, byte[] source, Instant now) {
    letters.lock(tx);
    if (letters.toAddress(tx, address, now.minus(ADDRESS_WINDOW))
            >= limits.confirmationsPerAddress()
        || letters.fromSource(tx, source, now.minus(SOURCE_WINDOW))
            >= limits.confirmationsPerSource()) {
      return false;
    }
    letters.insert(tx, address, source, now);
    return true;
  }
}
