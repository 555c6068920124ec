package org.tocsin.calls;

/** Where a call stands, as everybody sees it. */
public enum CallState {
  DRAFT,
  IN_REVIEW,
  APPROVED,
  OPEN,
  /** As many as are needed said that they can. */
  FILLED,
  /** Its answer-by time has come. */
  OVER,
  CLOSED;

  /** Whether it was let go and volunteers may still answer. */
  public boolean takesAnswers() {
    return this == OPEN || this == FILLED;
  }
}
