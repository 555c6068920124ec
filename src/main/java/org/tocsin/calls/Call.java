package org.tocsin.calls;

import java.time.Instant;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.cases.Reference;
import org.tocsin.release.ApprovalId;
import org.tocsin.release.ContentHash;

/**
 * A call as the desk knows it.
 *
 * @param version rises with every change of text or state
 * @param hash of what was submitted
 * @param returned why the reviewer sent it back; empty otherwise
 * @param sent how it was let go
 * @param found how many members said, with their last word, that they can
 */
public record Call(
    CallId id,
    Reference reference,
    CallState state,
    CallDraft draft,
    int version,
    Optional<ContentHash> hash,
    String returned,
    Optional<ApprovalId> approval,
    Optional<Sent> sent,
    Optional<Closed> closed,
    long found,
    StaffId createdBy,
    Instant createdAt,
    Instant updatedAt) {

  /** The broadcast that carries its letters. */
  public record Sent(BroadcastId broadcast, Instant at) {}

  /** How it ended before its time. */
  public record Closed(CloseReason reason, StaffId by, Instant at) {}

  @Override
  public String toString() {
    return id.subject();
  }
}
