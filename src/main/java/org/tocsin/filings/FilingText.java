package org.tocsin.filings;

import java.time.Instant;
import org.tocsin.access.StaffId;

/** Something written at a filing; a later reference takes the place of an earlier one. */
public record FilingText(long id, Kind kind, String text, StaffId writtenBy, Instant at) {
  public enum Kind {
    /** What the body calls it. */
    REFERENCE,
    NOTE,
    /** For the case's own team alone. */
    TEAM_NOTE
  }

  /** No text ends in a log by accident. */
  @Override
  public String toString() {
    return kind + " " + id;
  }
}
