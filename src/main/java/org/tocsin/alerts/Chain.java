package org.tocsin.alerts;

import java.time.Instant;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.Reference;
import org.tocsin.release.ReleaseOrder.Mode;

/**
 * What the messages of a chain have in common.
 *
 * @param caseId none for practice
 */
public record Chain(
    ChainId id, Reference reference, Optional<CaseId> caseId, Mode mode, Optional<End> end) {

  /**
   * How it ended.
   *
   * @param reason of a stop
   * @param outcome of a chain that was closed; empty otherwise
   * @param confirmedBy the second person, who looked at a stop afterwards
   */
  public record End(
      boolean stopped,
      Optional<StopReason> reason,
      String outcome,
      StaffId by,
      Instant at,
      Optional<StaffId> confirmedBy) {}

  public boolean stopped() {
    return end.filter(End::stopped).isPresent();
  }

  @Override
  public String toString() {
    return reference.text();
  }
}
