package org.tocsin.broadcasts;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.channels.Outcome;

/**
 * What is written down about one recipient after a try: an end, or a later try.
 *
 * @param group the keyed hash of the group that is waited for; nothing where it is none
 * @param reached something of this try may have been read, see {@link Outcome#mayHaveReached}
 * @param answer the other side's own words, to be sealed; none where there is nothing to tell
 * @param why an answer that is waited after, in a few words; nothing where it is none
 */
record Settlement(
    int ord,
    Result result,
    String code,
    int attempt,
    boolean inDoubt,
    Optional<Duration> retryIn,
    Buffer group,
    boolean reached,
    Optional<String> answer,
    String why) {
  private static final Buffer NO_GROUP = Buffer.buffer();

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
    return new Settlement(
        ord,
        result,
        code,
        attempt,
        inDoubt,
        Optional.empty(),
        NO_GROUP,
        false,
        Optional.empty(),
        "");
  }

  static Settlement unsent(int ord, Result result, String code, boolean inDoubt) {
    return end(ord, result, code, 0, inDoubt);
  }

  /** What somebody waits for who was not tried. The words are the database's. */
  enum WaitsFor {
    HOUR,
    RATE,
    RELAY,
    TURN
  }

  /** What was answered, as an end or, with a {@code retryIn}, another try. */
  static Settlement answered(
      Pending pending,
      Result result,
      Outcome outcome,
      boolean inDoubt,
      Optional<Duration> retryIn,
      String answer) {
    return new Settlement(
        pending.ord(),
        result,
        outcome.code(),
        pending.tries() + 1,
        inDoubt,
        retryIn,
        NO_GROUP,
        outcome.mayHaveReached(),
        Optional.of(answer),
        retryIn.isPresent() ? outcome.code() : "");
  }

  /** Put off, which is no try: nobody was written to. */
  static Settlement later(Pending pending, WaitsFor what, Duration wait) {
    return later(pending, what, wait, NO_GROUP, "");
  }

  /** Waits until the group lets it in. */
  static Settlement waits(Pending pending, Group group, Duration wait) {
    return later(
        pending, WaitsFor.RATE, wait, group.letsIn() ? group.hash() : NO_GROUP, group.why());
  }

  /** There is no way out, and nobody's try is spent on looking for one. */
  static Settlement stranded(Pending pending, Group relay, Duration wait, String why) {
    return later(pending, WaitsFor.RELAY, wait, relay.hash(), why);
  }

  private static Settlement later(
      Pending pending, WaitsFor what, Duration wait, Buffer group, String why) {
    return new Settlement(
        pending.ord(),
        Result.LATER,
        what.name(),
        pending.tries(),
        pending.inDoubt(),
        Optional.of(wait),
        group,
        false,
        Optional.empty(),
        why);
  }

  /** As the database takes it. */
  @Nullable Long retryMillis() {
    return retryIn.map(Duration::toMillis).orElse(null);
  }

  boolean ends() {
    return result != Result.RETRY && result != Result.LATER;
  }
}
