package org.tocsin.channels.email.smtp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.channels.Outcome.Unsent;

/** Keeps a server that cannot be reached from being asked again and again. */
final class Backoff {
  private final long first;
  private final long longest;
  private long pause;
  private long until;
  private @Nullable Unsent why;

  Backoff(SmtpLimits limits) {
    this.first = limits.firstPause().toNanos();
    this.longest = limits.longestPause().toNanos();
  }

  void failed(Unsent reason) {
    pause = why == null ? first : Math.min(2 * pause, longest);
    until = System.nanoTime() + pause;
    why = reason;
  }

  void succeeded() {
    why = null;
  }

  /** Why nothing is tried now, as long as it is not. */
  Optional<Unsent> pausedBy() {
    return Optional.ofNullable(why).filter(_ -> until - System.nanoTime() > 0);
  }
}
