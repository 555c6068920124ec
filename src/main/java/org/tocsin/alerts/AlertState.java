package org.tocsin.alerts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Where a message stands, as everybody sees it. */
public enum AlertState {
  DRAFT,
  IN_REVIEW,
  APPROVED,
  /** Released, and still in its last look or before its time. */
  SCHEDULED,
  RELEASING,
  ACTIVE,
  /** Its act-by date is over. */
  EXPIRED,
  HELD,
  CLOSED,
  STOPPED;

  /** The calendar is UTC's. */
  static LocalDate today(Instant now) {
    return now.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  /** Whether members may be reading it, or soon will. */
  public boolean live() {
    return this == SCHEDULED || this == RELEASING || this == ACTIVE || this == EXPIRED;
  }
}
