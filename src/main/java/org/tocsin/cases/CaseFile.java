package org.tocsin.cases;

import java.time.Instant;

/**
 * A case as every reader of cases may see it.
 *
 * @param version rises with every change but notes and the team
 */
public record CaseFile(
    CaseId id,
    Reference reference,
    CaseDetails details,
    WorkState state,
    int version,
    Instant createdAt,
    Instant stateSince,
    Instant updatedAt) {
  @Override
  public String toString() {
    return id.subject();
  }
}
