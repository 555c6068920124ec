package org.tocsin.filings;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.tocsin.cases.CaseId;

/**
 * One complaint about one case.
 *
 * @param nextDue the first of its open deadlines
 */
public record Filing(
    FilingId id,
    CaseId caseId,
    Mechanism mechanism,
    FilingState state,
    boolean confidential,
    Instant createdAt,
    Instant stateSince,
    Optional<LocalDate> nextDue) {
  public boolean isOpen() {
    return state != FilingState.CLOSED;
  }
}
