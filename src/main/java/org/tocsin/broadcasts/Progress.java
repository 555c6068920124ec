package org.tocsin.broadcasts;

import java.time.Instant;
import java.util.Optional;

/**
 * A broadcast's ledger at one moment. The counters add up to {@link #total()}.
 *
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
    Optional<Instant> finishedAt) {

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

  /** It ended, and nobody got it or may have got it, if there was anybody. */
  public boolean reachedNobody() {
    return state.ended() && pending() == 0 && sent == 0 && inDoubt == 0;
  }

  public int settled() {
    return sent + failed + suppressed + withheld + cancelled + inDoubt;
  }

  public int pending() {
    return total - settled();
  }
}
