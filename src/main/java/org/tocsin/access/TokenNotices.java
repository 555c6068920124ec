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
 * Tells owners that a token ends, 14 and 3 days before, one that lives no longer than that the day
 * before; and once, as soon as it can, of those that were made before tokens ended. When the next
 * notice is due stands in the token's row and moves on in the transaction that queues the letter,
 * so nothing is told twice.
 */
public final class TokenNotices implements Duty.Work {
  private static final List<Duration> BEFORE = List.of(Duration.ofDays(14), Duration.ofDays(3));
  private static final Duration OF_SHORT = Duration.ofDays(1);
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

  /** When the owner of one made just now is to be told first; never of one that lives for a day. */
  static Optional<Instant> first(Instant expires, Instant made) {
    return next(expires, made)
        .or(() -> Optional.of(expires.minus(OF_SHORT)).filter(made::isBefore));
  }

  /** The first moment after {@code now} at which the owner is to be told. */
  private static Optional<Instant> next(Instant expires, Instant now) {
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
