package org.tocsin.broadcasts;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.database.DatabaseFailure;

/** Tries again while the database is away: what is known is not thrown into doubt for that. */
final class Insistence {
  private static final Logger log = LoggerFactory.getLogger(Insistence.class);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private Insistence() {}

  /**
   * A rule of the database that would be broken is thrown at once: it would be broken again.
   *
   * @param tries after which the failure is thrown
   * @param what in words, for the log
   */
  static <T> T on(int tries, long broadcast, String what, Supplier<T> write) {
    for (int attempt = 1; ; attempt++) {
      try {
        return write.get();
      } catch (DatabaseFailure away) {
        if (attempt == tries || away instanceof ConstraintViolated) {
          throw away;
        }
        log.atWarn()
            .addKeyValue("broadcast", broadcast)
            .log("{} could not be written down and is tried again: {}", what, away.getMessage());
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
