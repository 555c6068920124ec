package org.tocsin.broadcasts;

import java.time.Duration;
import java.util.Optional;
import org.tocsin.broadcasts.Settlement.Result;
import org.tocsin.channels.Outcome;

/** What an answer means for a delivery: settled, or tried again. A pure function. */
final class Judgement {
  private Judgement() {}

  /**
   * @param random from 0 to 1, for the jitter of the next try
   */
  static Settlement of(Work work, Pending pending, Outcome outcome, double random) {
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
