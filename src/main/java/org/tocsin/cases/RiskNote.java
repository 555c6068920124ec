package org.tocsin.cases;

import java.time.Instant;
import org.tocsin.access.StaffId;

/** What could go wrong for the person and those around them if we act; for the team alone. */
public record RiskNote(String text, StaffId writtenBy, Instant at) {
  @Override
  public String toString() {
    return "a risk note";
  }
}
