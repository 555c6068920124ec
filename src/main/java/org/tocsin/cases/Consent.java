package org.tocsin.cases;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.tocsin.access.StaffId;
import org.tocsin.platform.time.UtcDay;

/**
 * A consent as staff may see it; the evidence is in {@link TeamFile}.
 *
 * @param expires the last day on which it holds, in UTC
 */
public record Consent(
    ConsentId id,
    Giver giver,
    Set<ConsentScope> scopes,
    LocalDate given,
    Optional<LocalDate> expires,
    Optional<End> end,
    StaffId writtenBy,
    Instant at) {
  public enum Giver {
    SELF,
    FAMILY,
    LAWYER,
    /** Nobody can be asked: a documented decision in the person's best interest. */
    NONE
  }

  /** How and when it ended. */
  public record End(How how, Instant at) {}

  public enum How {
    REVOKED,
    EXPIRED
  }

  /** What a consent is worth on a day; the order is from the best to the worst. */
  public enum Standing {
    HOLDS,
    NOT_YET,
    EXPIRED,
    REVOKED
  }

  /** By the calendar, whether or not housekeeping has come by yet. */
  public Standing standing(Instant now) {
    LocalDate today = today(now);
    if (end.filter(over -> over.how() == How.REVOKED).isPresent()) {
      return Standing.REVOKED;
    }
    if (end.isPresent() || expires.filter(today::isAfter).isPresent()) {
      return Standing.EXPIRED;
    }
    return given.isAfter(today) ? Standing.NOT_YET : Standing.HOLDS;
  }

  static LocalDate today(Instant now) {
    return UtcDay.of(now);
  }
}
