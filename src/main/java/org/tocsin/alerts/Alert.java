package org.tocsin.alerts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.release.ApprovalId;
import org.tocsin.release.ContentHash;
import org.tocsin.release.ReleaseId;

/**
 * A message of a chain as the desk knows it.
 *
 * @param no its place in the chain, from 0
 * @param references the earlier messages of the chain, in order
 * @param draft what is written; a stop has none
 * @param version rises with every change of text or state
 * @param hash of what was submitted
 * @param returned why the reviewer sent it back; empty otherwise
 * @param letGoAt when the sending began
 * @param told whether those who poll for events were told
 * @param superseded whether a later message of the chain was let go
 * @param reached whether it reached a member or may have, by the ledger of its letters
 * @param untold of a stop: how many of those it is for do not have it
 */
public record Alert(
    AlertId id,
    Chain chain,
    AlertType type,
    int no,
    List<AlertId> references,
    AlertState state,
    Optional<AlertDraft> draft,
    int version,
    Optional<ContentHash> hash,
    String returned,
    Optional<ApprovalId> approval,
    Optional<ReleaseId> release,
    Optional<Instant> notBefore,
    Optional<Instant> letGoAt,
    boolean told,
    boolean superseded,
    boolean reached,
    long untold,
    Optional<Held> held,
    Optional<StaffId> createdBy,
    Instant createdAt,
    Instant updatedAt) {

  /**
   * Why it stands still.
   *
   * @param by none where no person held it
   * @param resumedBy the first of the two who want it to go on
   */
  public record Held(
      AlertState from, Why why, Optional<StaffId> by, Instant at, Optional<StaffId> resumedBy) {}

  public enum Why {
    STAFF,
    /** A consent ended, or the case may not be told of any more. */
    GATE,
    /** Its letters ended, and no member was sent one. */
    UNSENT,
    /** Everything is on hold; it goes on by itself when that is over. */
    EVERYTHING
  }

  /** Where it stands but for everything being on hold. */
  AlertState standing() {
    return held.filter(one -> one.why() == Why.EVERYTHING).map(Held::from).orElse(state);
  }

  /** Whether members read it now, or what became of it. */
  boolean isOut() {
    return letGoAt.isPresent()
        && switch (state) {
          case RELEASING, ACTIVE, EXPIRED, CLOSED, STOPPED -> true;
          case DRAFT, IN_REVIEW, APPROVED, SCHEDULED, HELD -> false;
        };
  }

  /** A stop that is over, though not all of those who may have read something were told. */
  public boolean endedUntold() {
    return type == AlertType.STOP && state == AlertState.ACTIVE && untold > 0;
  }

  /** As it would be if it were let go now. */
  Alert asLetGo(Instant now) {
    return new Alert(
        id,
        chain,
        type,
        no,
        references,
        AlertState.ACTIVE,
        draft,
        version,
        hash,
        returned,
        approval,
        release,
        notBefore,
        Optional.of(now),
        told,
        superseded,
        reached,
        untold,
        Optional.empty(),
        createdBy,
        createdAt,
        updatedAt);
  }

  AlertDraft text() {
    return draft.orElseThrow();
  }

  /** What the thin mail and the thin event may say. */
  Thin thin() {
    return new Thin(chain.reference(), type, no, chain.mode());
  }

  @Override
  public String toString() {
    return id.subject();
  }
}
