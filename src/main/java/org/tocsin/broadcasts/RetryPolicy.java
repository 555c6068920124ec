package org.tocsin.broadcasts;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When the next try is due: a pure function of what happened, how often, and a random number. The
 * schedule of webhooks is that of Standard Webhooks; e-mail follows RFC 5321, 4.5.4.1 (the first
 * tries soon, give up after days): the first three are there for greylisting, which takes a message
 * after some seconds, a minute or five.
 */
final class RetryPolicy {
  private static final double JITTER = 0.2;
  private static final Duration LONGEST_WISH = Duration.ofHours(24);
  private static final List<Duration> EMAIL =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4),
          Duration.ofHours(8),
          Duration.ofHours(12),
          Duration.ofHours(24));
  private static final List<Duration> WEBHOOK =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  /** A mail domain that asks for patience hears of a stop so often. */
  private static final Duration KNOCK = Duration.ofSeconds(60);

  private RetryPolicy() {}

  /**
   * @param tries made so far, at least 1
   * @param wish the other side's Retry-After, honoured up to 24 h
   * @param random from 0 to 1
   * @return empty when it is time to give up
   */
  static Optional<Duration> next(
      String channel, int tries, Optional<Duration> wish, double random) {
    List<Duration> schedule = schedule(channel);
    if (tries > schedule.size()) {
      return Optional.empty();
    }
    Duration planned = schedule.get(tries - 1);
    Duration jittered =
        Duration.ofMillis((long) (planned.toMillis() * (1 - JITTER + 2 * JITTER * random)));
    Duration wished =
        wish.map(w -> w.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : w).orElse(Duration.ZERO);
    return Optional.of(jittered.compareTo(wished) > 0 ? jittered : wished);
  }

  private static List<Duration> schedule(String channel) {
    return channel.equals("webhook") ? WEBHOOK : EMAIL;
  }

  /**
   * A stop is not given up: it is tried until it expires.
   *
   * @param patience all of its mail domain is asked to wait; then it must be there at each opening
   */
  static Duration ofStop(
      String channel, int tries, Optional<Duration> wish, boolean patience, double random) {
    Duration planned =
        next(channel, Math.min(tries, schedule(channel).size()), wish, random).orElseThrow();
    boolean knocks = patience && channel.equals("email") && planned.compareTo(KNOCK) > 0;
    return knocks ? KNOCK : planned;
  }
}
