package org.tocsin.cases;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.tocsin.cases.Consent.Giver;

/**
 * A consent as it is written down.
 *
 * @param evidence how and where it was given; from nobody, the decision in the person's best
 *     interest and who took it
 */
public record ConsentDraft(
    Giver giver,
    Set<ConsentScope> scopes,
    LocalDate given,
    Optional<LocalDate> expires,
    String evidence) {
  @Override
  public String toString() {
    return "consent draft";
  }
}
