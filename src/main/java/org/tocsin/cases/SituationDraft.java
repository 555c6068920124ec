package org.tocsin.cases;

import java.time.LocalDate;
import java.util.OptionalLong;

/**
 * What became of a person, as it is written down.
 *
 * @param since the day from which it is so
 * @param note may be empty
 * @param replaces the entry that this one corrects
 */
public record SituationDraft(
    SituationWord word, LocalDate since, String note, OptionalLong replaces) {
  @Override
  public String toString() {
    return "situation draft";
  }
}
