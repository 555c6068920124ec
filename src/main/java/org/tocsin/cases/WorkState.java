package org.tocsin.cases;

import java.util.EnumSet;
import java.util.Set;

/** How far the work on a case is. {@code V009__casework.sql} knows the same steps. */
public enum WorkState {
  INTAKE,
  UNDER_REVIEW,
  ACTIVE,
  MONITORING,
  RESOLVED,
  DECLINED,
  CLOSED_OTHER,
  SEALED;

  /** The states that a step from here may lead to, the usual one first. */
  public Set<WorkState> next() {
    return switch (this) {
      case INTAKE -> EnumSet.of(UNDER_REVIEW, DECLINED);
      case UNDER_REVIEW -> EnumSet.of(ACTIVE, DECLINED, CLOSED_OTHER);
      case ACTIVE -> EnumSet.of(MONITORING, RESOLVED, CLOSED_OTHER);
      case MONITORING -> EnumSet.of(ACTIVE, RESOLVED, CLOSED_OTHER);
      case RESOLVED -> EnumSet.of(ACTIVE, SEALED);
      case DECLINED, CLOSED_OTHER -> EnumSet.of(SEALED);
      case SEALED -> EnumSet.noneOf(WorkState.class);
    };
  }

  public boolean needsReason() {
    return this == DECLINED || this == CLOSED_OTHER;
  }
}
