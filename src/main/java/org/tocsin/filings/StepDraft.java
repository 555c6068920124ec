package org.tocsin.filings;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A step as it is to be taken.
 *
 * @param day when it happened
 * @param text what was decided, or why it is closed; may be empty otherwise
 * @param commentsDue by when comments are due; needed for COMMENT_DUE
 */
public record StepDraft(
    FilingState to, LocalDate day, String text, Optional<LocalDate> commentsDue) {
  /** No decision ends in a log by accident. */
  @Override
  public String toString() {
    return "step to " + to;
  }
}
