package org.tocsin.filings;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A complaint as it is begun.
 *
 * @param confidential ignored where the mechanism leaves no choice
 * @param remediesEnded when the last remedy at home ended
 * @param otherEnded when another international procedure ended
 */
public record FilingDraft(
    Mechanism mechanism,
    boolean confidential,
    Optional<LocalDate> remediesEnded,
    Optional<LocalDate> otherEnded) {}
