package org.tocsin.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;

/**
 * How fast letters go out that one network asked for: so many an hour, and what is beyond waits its
 * turn, in order. Each request is given its time once: an hour after the one that stands so many
 * places before it. Nothing of whom the letter is for plays a part.
 */
public final class LetterPace {
  private static final Duration HOUR = Duration.ofHours(1);

  private final InstantSource clock;
  private final int anHour;
  private final RequestGateRepository slots = new RequestGateRepository();

  public LetterPace(InstantSource clock, int anHour) {
    this.clock = clock;
    this.anHour = anHour;
  }

  /**
   * Takes the next turn of this network; empty where it is now.
   *
   * @param source keyed hash of the network
   */
  public Optional<Instant> turn(Tx tx, byte[] source) {
    slots.lock(tx, source);
    Instant now = clock.instant();
    Optional<Instant> later =
        slots.before(tx, source, anHour).map(at -> at.plus(HOUR)).filter(at -> at.isAfter(now));
    slots.take(tx, source, later.orElse(now));
    return later;
  }

  /** Housekeeping. */
  public int forget(Database database) {
    return slots.forget(database, clock.instant().minus(HOUR));
  }
}
