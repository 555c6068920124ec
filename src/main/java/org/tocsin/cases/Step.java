package org.tocsin.cases;

import java.time.Instant;
import org.tocsin.access.StaffId;

/** A step on the work axis, and why it was taken; the reason may be empty. */
public record Step(
    int no, WorkState from, WorkState to, String reason, StaffId takenBy, Instant at) {
  @Override
  public String toString() {
    return from + " → " + to;
  }
}
