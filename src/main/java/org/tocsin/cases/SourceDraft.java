package org.tocsin.cases;

import java.time.LocalDate;

/**
 * Who told us what, as it is written down.
 *
 * @param independent of every other source of the case
 */
public record SourceDraft(
    Source.Kind kind, boolean independent, LocalDate heardOn, String details) {
  @Override
  public String toString() {
    return "source draft";
  }
}
