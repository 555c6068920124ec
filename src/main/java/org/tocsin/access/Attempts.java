package org.tocsin.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.tocsin.platform.crypto.LookupHash;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;

/**
 * Counts tries per address and per source, each by keyed hash. A try is written down before it is
 * made, so that a hundred made at once are a hundred tries and not one.
 */
public final class Attempts {
  public static final Duration WINDOW = Duration.ofMinutes(15);

  private final LookupHash lookup;
  private final InstantSource clock;
  private final AttemptRepository attempts = new AttemptRepository();

  public Attempts(LookupHash lookup, InstantSource clock) {
    this.lookup = lookup;
    this.clock = clock;
  }

  /**
   * What is tried and by whom or on whom, e.g. {@code "password.source"}, and how often it may be.
   */
  public record Subject(String kind, String value, int most) {
    private String text() {
      return kind + ":" + value;
    }
  }

  /** A try written down: the how manieth it is in the window, unless it is one too many. */
  public record Try(long id, int count, boolean allowed) {}

  public Try begin(Tx tx, Subject subject) {
    byte[] hash = lookup.of(subject.text());
    attempts.lock(tx, hash);
    Instant now = clock.instant();
    int before = attempts.count(tx, lookup.allOf(subject.text()), now.minus(WINDOW));
    return before >= subject.most()
        ? new Try(0, before, false)
        : new Try(attempts.insert(tx, hash, now), before + 1, true);
  }

  /** Takes one try back: it was none. */
  void forgive(Tx tx, Try made) {
    attempts.forgive(tx, made.id());
  }

  void forgiveAll(Tx tx, Subject subject) {
    attempts.forgiveAll(tx, lookup.allOf(subject.text()));
  }

  int forget(Database database) {
    return attempts.forget(database, clock.instant().minus(WINDOW));
  }
}
