package org.tocsin.developments;

import java.time.Instant;
import org.tocsin.access.StaffId;
import org.tocsin.cases.CaseId;
import org.tocsin.release.ContentHash;

/**
 * What may come to be said in public about a case.
 *
 * @param names whether the cleared words name the person
 */
public record Development(
    DevelopmentId id,
    CaseId caseId,
    State state,
    DevelopmentDraft draft,
    ContentHash hash,
    boolean names,
    StaffId writtenBy,
    Instant changedAt) {
  /** How far it has come. */
  public enum State {
    DRAFT,
    CLEARED,
    DROPPED
  }
}
