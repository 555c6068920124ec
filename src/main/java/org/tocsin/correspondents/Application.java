package org.tocsin.correspondents;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tocsin.platform.address.EmailAddress;

/**
 * An application, opened for use in this process.
 *
 * @param reason why a person must look, or why it was refused
 */
public record Application(
    ApplicationId id,
    State state,
    Academy academy,
    String name,
    EmailAddress address,
    String language,
    Optional<Long> roster,
    Optional<Reason> reason,
    Instant appliedAt,
    Instant changedAt) {
  static final Duration PENDING_FOR = Duration.ofDays(7);

  /** How it stands. */
  public enum State {
    APPLIED,
    EMAIL_PROVEN,
    ROSTER_MATCHED,
    NEEDS_REVIEW,
    VERIFIED,
    ACCEPTED,
    REFUSED;

    public boolean open() {
      return this != ACCEPTED && this != REFUSED;
    }
  }

  /** Why a person must look, or why it was refused. */
  public enum Reason {
    NO_ENTRY,
    SEVERAL_ENTRIES,
    ENTRY_TAKEN,
    /** Whoever reads the roster's address says that it was not they. */
    DISOWNED,
    STAFF
  }

  ApplicationForm form() {
    return new ApplicationForm(name, address, academy, language);
  }

  @Override
  public String toString() {
    return id.subject();
  }
}
