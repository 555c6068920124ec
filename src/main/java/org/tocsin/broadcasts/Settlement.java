package org.tocsin.broadcasts;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is written down about one recipient after a try: an end, or a later try.
 *
 * @param answer the other side's own words, to be sealed; none where there is nothing to tell
 */
record Settlement(
    int ord,
    Result result,
    String code,
    int attempt,
    boolean inDoubt,
    Optional<Duration> retryIn,
    Optional<String> answer) {

  /** The words are the database's; RETRY and LATER are no end and have no row in the ledger. */
  enum Result {
    SENT,
    FAILED,
    SUPPRESSED,
    WITHHELD,
    CANCELLED,
    IN_DOUBT,
    RETRY,
    LATER
  }

  static Settlement end(int ord, Result result, String code, int attempt, boolean inDoubt) {
    return new Settlement(ord, result, code, attempt, inDoubt, Optional.empty(), Optional.empty());
  }

  static Settlement unsent(int ord, Result result, String code, boolean inDoubt) {
    return end(ord, result, code, 0, inDoubt);
  }

  /** What somebody waits for who was not tried. The words are the database's. */
  enum WaitsFor {
    HOUR,
    RATE,
    TURN
  }

  /** Put off, which is no try: nobody was written to. */
  static Settlement later(Pending pending, WaitsFor what, Duration wait) {
    return new Settlement(
        pending.ord(),
        Result.LATER,
        what.name(),
        pending.tries(),
        pending.inDoubt(),
        Optional.of(wait),
        Optional.empty());
  }

  /** As the database takes it. */
  @Nullable Long retryMillis() {
    return retryIn.map(Duration::toMillis).orElse(null);
  }

  boolean ends() {
    return result != Result.RETRY && result != Result.LATER;
  }
}
