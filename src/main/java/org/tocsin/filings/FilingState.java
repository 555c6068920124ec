package org.tocsin.filings;

import java.util.List;

/** Where a complaint stands. The database knows the same steps. */
public enum FilingState {
  DRAFT,
  CONSENT_CONFIRMED,
  FILED,
  TRANSMITTED,
  STATE_REPLY,
  NO_REPLY,
  COMMENT_DUE,
  DECISION,
  FOLLOW_UP,
  CLOSED;

  /** Where it may go from here. */
  public List<FilingState> next() {
    return switch (this) {
      case DRAFT -> List.of(CONSENT_CONFIRMED, CLOSED);
      case CONSENT_CONFIRMED -> List.of(FILED, DRAFT, CLOSED);
      case FILED -> List.of(TRANSMITTED, DECISION, CLOSED);
      case TRANSMITTED -> List.of(STATE_REPLY, NO_REPLY, DECISION, CLOSED);
      case STATE_REPLY -> List.of(COMMENT_DUE, DECISION, CLOSED);
      case NO_REPLY -> List.of(STATE_REPLY, COMMENT_DUE, DECISION, CLOSED);
      case COMMENT_DUE -> List.of(STATE_REPLY, DECISION, CLOSED);
      case DECISION -> List.of(FOLLOW_UP, CLOSED);
      case FOLLOW_UP -> List.of(CLOSED);
      case CLOSED -> List.of();
    };
  }

  /** Something goes out in the person's name from here on. */
  boolean needsConsent() {
    return this == CONSENT_CONFIRMED || this == FILED;
  }

  /** What was decided, or why it is over. */
  public boolean needsText() {
    return this == DECISION || this == CLOSED;
  }
}
