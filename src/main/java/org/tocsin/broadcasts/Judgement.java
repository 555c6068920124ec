package org.tocsin.broadcasts;

import java.time.Duration;
import java.util.Optional;
import org.tocsin.broadcasts.Settlement.Result;
import org.tocsin.channels.Outcome;

/** What an answer means for a delivery: settled, tried again, or not tried after all. */
final class Judgement {
  private Judgement() {}

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration AT_LEAST = Duration.ofSeconds(1);

  /**
   * @param group it is of, and {@code channel} all that leaves with it: closed by now where that
   *     was what the outcome asked for
   * @param random from 0 to 1, for the jitter of the next try
   */
  static Settlement of(
      Work work, Pending pending, Group group, Group channel, Outcome outcome, double random) {
    int tries = pending.tries() + 1;
    boolean doubtful = pending.inDoubt();
    return switch (outcome) {
      case Outcome.Accepted accepted ->
          Settlement.end(pending.ord(), Result.SENT, accepted.code(), tries, doubtful);
      case Outcome.Refused refused ->
          told(pending, Result.FAILED, outcome, refused.answer(), doubtful);
      case Outcome.Deferred deferred ->
          afterDeferral(work, tries, deferred, random)
              .map(delay -> again(pending, delay, outcome, deferred.answer(), doubtful))
              .orElseGet(() -> told(pending, Result.FAILED, outcome, deferred.answer(), doubtful));
      case Outcome.InDoubt doubt ->
          afterDoubt(work, tries, random)
              .map(delay -> again(pending, delay, outcome, doubt.answer(), true))
              .orElseGet(() -> told(pending, Result.IN_DOUBT, outcome, doubt.answer(), true));
      case Outcome.Unsent unsent -> unsent(pending, group, channel, unsent, random);
    };
  }

  private static Optional<Duration> afterDeferral(
      Work work, int tries, Outcome.Deferred deferred, double random) {
    Optional<Duration> wish = deferred.notBefore();
    return work.isStop()
        ? Optional.of(
            RetryPolicy.ofStop(work.channel(), tries, wish, SlowDown.asks(deferred), random))
        : RetryPolicy.next(work.channel(), tries, wish, random);
  }

  /** No try is spent; until when it is looked again is the group's to say, and the broadcast's. */
  private static Settlement unsent(
      Pending pending, Group group, Group channel, Outcome.Unsent unsent, double random) {
    return switch (unsent.blocks()) {
      case DESTINATION -> Settlement.waits(pending, group, untilOpen(group));
      case CHANNEL -> Settlement.stranded(pending, channel, untilOpen(channel), unsent.code());
      case NOTHING ->
          Settlement.stranded(
              pending,
              channel,
              Duration.ofMillis((long) (SOON.toMillis() * (0.5 + random))),
              unsent.code());
    };
  }

  private static Duration untilOpen(Group group) {
    Duration closed = group.closedFor(System.nanoTime());
    return closed.compareTo(AT_LEAST) < 0 ? AT_LEAST : closed;
  }

  private static Optional<Duration> afterDoubt(Work work, int tries, double random) {
    if (work.isStop()) {
      return Optional.of(
          RetryPolicy.ofStop(work.channel(), tries, Optional.empty(), false, random));
    }
    return work.resendsInDoubt()
        ? RetryPolicy.next(work.channel(), tries, Optional.empty(), random)
        : Optional.empty();
  }

  private static Settlement told(
      Pending pending, Result result, Outcome outcome, String answer, boolean doubtful) {
    return Settlement.answered(pending, result, outcome, doubtful, Optional.empty(), answer);
  }

  private static Settlement again(
      Pending pending, Duration delay, Outcome outcome, String answer, boolean doubtful) {
    return Settlement.answered(
        pending, Result.RETRY, outcome, doubtful, Optional.of(delay), answer);
  }
}
