package org.tocsin.broadcasts;

import java.time.Instant;
import java.util.Optional;

/**
 * A broadcast's ledger at one moment. The counters add up to {@link #total()}.
 *
 * @param refusedWith what nearly all of its first hundred answers were, where that refused the
 *     message as such; a newsletter has then paused itself
 * @param halted whether it is PAUSED because everything is
 */
public record Progress(
    BroadcastId id,
    String owner,
    Optional<Long> release,
    String channel,
    Lane lane,
    String kind,
    String title,
    State state,
    boolean halted,
    int total,
    int sent,
    int failed,
    int suppressed,
    int withheld,
    int cancelled,
    int inDoubt,
    Instant notBefore,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    Optional<String> refusedWith) {

  /** The words are the database's. */
  public enum State {
    SNAPSHOTTING,
    RUNNING,
    PAUSED,
    COMPLETED,
    CANCELLED,
    STOPPED;

    public boolean ended() {
      return this == COMPLETED || this == CANCELLED || this == STOPPED;
    }
  }

  /** Nobody else did; an alert that is refused goes on, and where it is held its staff did that. */
  public boolean pausedItself() {
    return state == State.PAUSED && refusedWith.isPresent() && lane.pausesItself();
  }

  /**
   * It ended, and nobody is known to have taken it, if there was anybody. Somebody may have read it
   * all the same: {@link Broadcasts#reached} says so, and nothing here does.
   */
  public boolean acceptedByNobody() {
    return state.ended() && pending() == 0 && sent == 0 && inDoubt == 0;
  }

  /** Those who got it, or may have, as it was answered. */
  public int taken() {
    return sent + inDoubt;
  }

  public int settled() {
    return sent + failed + suppressed + withheld + cancelled + inDoubt;
  }

  public int pending() {
    return total - settled();
  }
}
