package org.tocsin.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.ApiTokenRepository.Owned;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.time.Duty;

/**
 * Tells owners that a token ends, 14 and 3 days before; and once, as soon as it can, of those that
 * were made before tokens ended. When the next notice is due stands in the token's row and moves on
 * in the transaction that queues the letter, so nothing is told twice.
 */
public final class TokenNotices implements Duty.Work {
  private static final List<Duration> BEFORE = List.of(Duration.ofDays(14), Duration.ofDays(3));
  private static final int MANY = 100;

  private final Database database;
  private final Staff staff;
  private final TokenPost post;
  private final InstantSource clock;
  private final ApiTokenRepository tokens = new ApiTokenRepository();

  public TokenNotices(Database database, Staff staff, TokenPost post, InstantSource clock) {
    this.database = database;
    this.staff = staff;
    this.post = post;
    this.clock = clock;
  }

  /** The first moment after {@code now} at which the owner is to be told. */
  static Optional<Instant> next(Instant expires, Instant now) {
    return BEFORE.stream().map(expires::minus).filter(now::isBefore).findFirst();
  }

  @Override
  public boolean round() {
    return database.transaction(
        tx -> {
          Instant now = clock.instant();
          List<Owned> due = tokens.lockDue(tx, now, MANY, staff.repository()::member);
          for (Owned one : due) {
            tokens.setNextNotice(tx, one.token().id(), next(one.token().expires(), now));
            post.ends(tx, one.owner(), one.token());
          }
          return due.size() == MANY;
        });
  }
}
