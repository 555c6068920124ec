package org.tocsin.alerts;

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

  /** Whether members may be reading it, or soon will. */
  public boolean live() {
    return this == SCHEDULED || this == RELEASING || this == ACTIVE || this == EXPIRED;
  }
}
