package org.tocsin.cases;

import java.util.Optional;

/**
 * A place in a text that tells of a case.
 *
 * @param caseId none for a country, and for words that a caller forbade
 * @param from where it begins in the text, in code units
 * @param to where it ends, exclusive
 */
public record Leak(Optional<CaseId> caseId, Kind kind, Certainty certainty, int from, int to) {
  public enum Kind {
    NAME,
    REFERENCE,
    COUNTRY,
    /** What the caller forbade besides. */
    WORDS
  }

  public enum Certainty {
    /** A full name, a reference, a country's name: somebody must look before it leaves. */
    CERTAIN,
    /** One part of a name, or an inflected one, which may be somebody else's. */
    POSSIBLE
  }

  public boolean certain() {
    return certainty == Certainty.CERTAIN;
  }
}
