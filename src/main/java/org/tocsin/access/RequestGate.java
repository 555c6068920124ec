package org.tocsin.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.TooMany;

/**
 * How much one network may leave at a public form in an hour, and how much of it may wait. Runs on
 * the site's role too, which may count and not look. What it says tells nothing of an address.
 */
public final class RequestGate {
  /** A lecture hall is one network. */
  public static final int AN_HOUR = 200;

  /** Beside it, of one person who came in by that browser before, to whomever they write. */
  public static final int KNOWN_AN_HOUR = 20;

  private final InstantSource clock;
  private final RequestGateRepository gate = new RequestGateRepository();

  public RequestGate(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Counts one request in.
   *
   * @throws TooMany with the time to wait, where the network is beyond its cap
   */
  public void admit(Tx tx, byte[] source) {
    admit(tx, source, Optional.empty());
  }

  /**
   * So that nobody who came in by their browser before is held up by who else is in that network.
   *
   * @param known keyed hash of that person
   * @throws TooMany where both are beyond their cap
   */
  public void admit(Tx tx, byte[] source, Optional<byte[]> known) {
    Instant now = clock.instant();
    Optional<Instant> full = gate.admit(tx, source, now, AN_HOUR);
    Optional<Instant> room =
        full.isPresent() && known.isPresent()
            ? gate.admit(tx, known.get(), now, KNOWN_AN_HOUR)
            : full;
    if (room.isPresent()) {
      Duration wait = Duration.between(now, room.get());
      throw new TooMany(
          "too_many_requests",
          "Too many requests came from your network in the last hour. Try again later.",
          wait.isPositive() ? wait : Duration.ofSeconds(1));
    }
  }
}
