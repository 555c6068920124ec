package org.tocsin.publications;

import java.time.Instant;
import java.util.Optional;
import org.tocsin.release.ApprovalId;
import org.tocsin.release.ContentHash;
import org.tocsin.release.ReleaseId;

/**
 * An issue as the desk knows it.
 *
 * @param version rises with every change of text or state
 * @param returned why the reviewer sent it back; empty otherwise
 * @param visibleAt from when on the public sees it
 */
public record Newsletter(
    NewsletterId id,
    Draft draft,
    State state,
    ContentHash hash,
    int version,
    String returned,
    Optional<ApprovalId> approval,
    Optional<ReleaseId> release,
    Optional<Instant> visibleAt,
    Optional<Instant> withdrawnAt,
    Instant createdAt,
    Instant updatedAt) {

  /** SCHEDULED becomes PUBLISHED when its time has come and nothing holds it up. */
  public enum State {
    DRAFT,
    IN_REVIEW,
    APPROVED,
    SCHEDULED,
    PUBLISHED,
    WITHDRAWN;

    public boolean released() {
      return this == SCHEDULED || this == PUBLISHED || this == WITHDRAWN;
    }
  }

  public String path() {
    return path(draft.month());
  }

  /** Where an issue stands in the public archive. */
  static String path(String month) {
    return "/newsletters/" + month;
  }
}
