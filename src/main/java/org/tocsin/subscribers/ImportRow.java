package org.tocsin.subscribers;

import java.time.Instant;
import java.util.Optional;
import org.tocsin.platform.address.EmailAddress;

/** One record of an import file, read. {@code line} is where it starts in the file. */
sealed interface ImportRow {
  long line();

  /** It cannot be used; {@code email} is what stood in its place. */
  record Refused(long line, String email, String reason) implements ImportRow {}

  record Read(
      long line,
      EmailAddress address,
      Optional<String> name,
      String language,
      Status status,
      Optional<Instant> confirmedAt)
      implements ImportRow {
    String key() {
      return address.lookupKey();
    }
  }

  /** What the file says of a person, the weakest first: of two rows the later one here counts. */
  enum Status {
    /** No proof that the person ever confirmed. */
    UNCONFIRMED,
    ENABLED,
    /** Left, or was switched off. */
    DISABLED,
    /** Must never be written to. */
    BLOCKED
  }
}
