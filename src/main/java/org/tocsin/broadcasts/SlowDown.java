package org.tocsin.broadcasts;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.tocsin.channels.Outcome;

/**
 * Whether an answer may ask all of a group to wait, and how long: a pure function. HTTP 429, 502
 * and 504 do, with or without a Retry-After. RFC 5321 421 and RFC 3463 x.7.x said of a recipient
 * may be about the sender; a mail domain has many, and the {@link RefusalRate} says whether they
 * are.
 */
final class SlowDown {
  private static final Set<String> HTTP = Set.of("HTTP 429", "HTTP 502", "HTTP 504");
  static final Duration FIRST = Duration.ofSeconds(15);
  static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 10;

  private SlowDown() {}

  /** The relay is looked at again soon: urgent mail may wait for it. */
  static final Duration RELAY_FIRST = Duration.ofSeconds(5);

  static final Duration RELAY_LONGEST = Duration.ofMinutes(1);

  /** A destination that has its share of the connections is not offered more at once. */
  static final Duration SLOW = Duration.ofSeconds(10);

  static boolean asks(Outcome outcome) {
    return outcome instanceof Outcome.Deferred deferred
        && (HTTP.contains(deferred.code())
            || deferred.code().startsWith("421")
            || deferred.code().contains(" 4.7."));
  }

  /**
   * @param strikes how often in a row it asked before
   */
  static Duration wait(Optional<Duration> wish, int strikes) {
    Duration doubled = FIRST.multipliedBy(1L << Math.min(strikes, MOST_DOUBLINGS));
    Duration own = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return wish.filter(w -> w.compareTo(own) > 0).orElse(own);
  }
}
