package org.tocsin.filings;

import java.time.LocalDate;
import java.util.Optional;
import org.tocsin.access.StaffId;

/**
 * A day by which something is due, in UTC.
 *
 * @param note what it is, where staff set it; may be empty
 */
public record Deadline(
    long id, Kind kind, LocalDate due, String note, StaffId setBy, Optional<End> end) {
  public enum Kind {
    FILE_BY,
    STATE_REPLY,
    COMMENT,
    OTHER
  }

  /** That it is over, and since when. */
  public record End(How how, LocalDate day) {}

  public enum How {
    MET,
    DROPPED
  }

  public boolean open() {
    return end.isEmpty();
  }

  public boolean overdue(LocalDate today) {
    return open() && due.isBefore(today);
  }
}
