package org.tocsin.correspondents;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.address.EmailAddress;

/**
 * A member, opened for use in this process.
 *
 * @param areas of a volunteer; nobody else has any
 * @param roster the entry that vouched
 * @param checkedAt when staff last looked whether this is still right
 */
public record Member(
    MemberId id,
    Circle circle,
    MemberState state,
    String name,
    EmailAddress address,
    String language,
    List<String> areas,
    Optional<Long> roster,
    Instant since,
    Instant checkedAt,
    Optional<Instant> endedAt,
    Wishes wishes) {
  /** After a year somebody looks again. */
  static final Duration CHECK_EVERY = Duration.ofDays(365);

  public boolean checkDue(Instant now) {
    return state != MemberState.ENDED && !checkedAt.plus(CHECK_EVERY).isAfter(now);
  }

  @Override
  public String toString() {
    return id.subject();
  }
}
