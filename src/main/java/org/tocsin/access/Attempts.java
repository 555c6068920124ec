package org.tocsin.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.tocsin.platform.crypto.LookupHash;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;

/**
 * Counts tries, each by keyed hash of what they are counted under. A try is written down before it
 * is made, so that a hundred made at once are a hundred tries and not one.
 *
 * <p>What is counted is always the asker's, or so large that only many strangers together reach it;
 * never is what an owner needs counted under what anybody can name ({@link LetterBudget}, {@link
 * PasswordGuesses}).
 */
public final class Attempts {
  public static final Duration WINDOW = Duration.ofMinutes(15);
  public static final Duration DAY = Duration.ofDays(1);

  private final LookupHash lookup;
  private final InstantSource clock;
  private final AttemptRepository attempts = new AttemptRepository();

  public Attempts(LookupHash lookup, InstantSource clock) {
    this.lookup = lookup;
    this.clock = clock;
  }

  /**
   * What is tried and by whom or on whom, e.g. {@code "password.network"}, and how often it may be.
   *
   * @param window in which they are counted, a day at most
   */
  public record Subject(String kind, String value, int most, Duration window) {
    public Subject(String kind, String value, int most) {
      this(kind, value, most, WINDOW);
    }

    private String text() {
      return kind + ":" + value;
    }

    @Override
    public String toString() {
      return "Subject[" + kind + "]";
    }
  }

  /** A try written down: the how manieth it is in the window, unless it is one too many. */
  public record Try(long id, int count, boolean allowed, boolean last) {}

  public Try begin(Tx tx, Subject subject) {
    byte[] hash = lookup.of(subject.text());
    attempts.lock(tx, hash);
    Instant now = clock.instant();
    int before = attempts.count(tx, lookup.allOf(subject.text()), now.minus(subject.window()));
    return before >= subject.most()
        ? new Try(0, before, false, false)
        : new Try(attempts.insert(tx, hash, now), before + 1, true, before + 1 == subject.most());
  }

  /** Takes one try back: it was none. */
  void forgive(Tx tx, Try made) {
    attempts.forgive(tx, made.id());
  }

  void forgiveAll(Tx tx, Subject subject) {
    attempts.forgiveAll(tx, lookup.allOf(subject.text()));
  }

  int forget(Database database) {
    return attempts.forget(database, clock.instant().minus(DAY));
  }
}
