package org.tocsin.filings;

import java.time.Instant;
import java.time.LocalDate;
import org.tocsin.access.StaffId;

/**
 * A step that was taken.
 *
 * @param day when it happened
 * @param text what was decided, or why it was closed; may be empty
 */
public record FilingStep(
    int no, FilingState to, LocalDate day, String text, StaffId takenBy, Instant at) {
  /** No decision ends in a log by accident. */
  @Override
  public String toString() {
    return "step " + no + " to " + to;
  }
}
