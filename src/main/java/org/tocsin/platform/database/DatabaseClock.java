package org.tocsin.platform.database;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.tocsin.platform.time.Duty;

/**
 * The database's time, on this node. By it leases and hours are kept; a node whose own clock is
 * wrong, or jumps, must let no alert go early and keep none back.
 *
 * <p>Invariants: it is never ahead of the database, so that what is due here is due there, and
 * behind at most as long as an answer took; between two looks it goes on with {@link
 * System#nanoTime}, which nobody can set.
 */
public final class DatabaseClock implements InstantSource, AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(20);
  private static final String NOW = "SELECT clock_timestamp() AS now";

  /** An answer that took longer says too little about when it was given. */
  private static final long PROMPT_NANOS = Duration.ofMillis(500).toNanos();

  private final Database database;
  private final Duty duty;
  private volatile Seen seen;

  /** What the database said, when it was asked, and how long that took. */
  private record Seen(Instant said, long asked, long took) {
    /** As if it had been said at the last moment; nobody knows at which it was. */
    Instant at(long nanos) {
      return said.plusNanos(nanos - asked - took);
    }
  }

  private DatabaseClock(Database database) {
    this.database = database;
    ask(); // the first answer waits for a connection
    this.seen = ask();
    this.duty = Duty.start("clock", LOOK, this::look);
  }

  public static DatabaseClock open(Database database) {
    return new DatabaseClock(database);
  }

  private Seen ask() {
    long asked = System.nanoTime();
    Instant said = database.get(NOW, row -> row.getOffsetDateTime("now").toInstant());
    return new Seen(said, asked, System.nanoTime() - asked);
  }

  private boolean look() {
    if (System.nanoTime() - seen.asked > LOOK.toNanos() / 2) {
      Seen now = ask();
      seen = now.took < PROMPT_NANOS ? now : seen;
    }
    return false;
  }

  @Override
  public Instant instant() {
    return seen.at(System.nanoTime());
  }

  @Override
  public void close() {
    duty.close();
  }
}
