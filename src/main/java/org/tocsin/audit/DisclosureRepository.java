package org.tocsin.audit;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.tocsin.platform.database.Tx;

/** Owns {@code audit.disclosure}: what was told of, and how often it was shown again since. */
final class DisclosureRepository {
  /** No row where there is one whose time is over. */
  private static final String COUNT =
      """
      INSERT INTO audit.disclosure AS kept (actor, action, subject, since) VALUES ($1, $2, $3, $4)
      ON CONFLICT (actor, action, subject) DO UPDATE SET times = kept.times + 1, shown = kept.shown + $5
      WHERE kept.since > $6
      RETURNING times
      """;

  /** Nothing where another node has begun anew meanwhile. */
  private static final String TAKE =
      """
      DELETE FROM audit.disclosure WHERE actor = $1 AND action = $2 AND subject = $3 AND since <= $4 RETURNING *
      """;

  private static final String TAKE_OVER =
      """
      DELETE FROM audit.disclosure r USING (
        SELECT actor, action, subject FROM audit.disclosure WHERE since <= $1
        ORDER BY actor, action, subject LIMIT $2 FOR UPDATE SKIP LOCKED) over
      WHERE (r.actor, r.action, r.subject) = (over.actor, over.action, over.subject)
      RETURNING r.*
      """;

  /** Shown again so often, and so much was shown in all. */
  record Kept(String actor, String action, String subject, Instant since, int times, long shown) {}

  /**
   * How often it was shown before since {@code over}; nothing where what is kept is older and must
   * be taken first.
   */
  OptionalInt count(Tx tx, Disclosure told, Instant now, Instant over) {
    return tx
        .list(
            COUNT,
            row -> row.getInteger("times"),
            told.actor(),
            told.action(),
            told.subject(),
            time(now),
            told.shown(),
            time(over))
        .stream()
        .mapToInt(Integer::intValue)
        .findFirst();
  }

  Optional<Kept> take(Tx tx, Disclosure told, Instant over) {
    return tx.find(
        TAKE, DisclosureRepository::kept, told.actor(), told.action(), told.subject(), time(over));
  }

  /** Those that no other node has in hand. */
  List<Kept> takeOver(Tx tx, Instant over, int limit) {
    return tx.list(TAKE_OVER, DisclosureRepository::kept, time(over), limit);
  }

  private static Kept kept(Row row) {
    return new Kept(
        row.getString("actor"),
        row.getString("action"),
        row.getString("subject"),
        row.getOffsetDateTime("since").toInstant(),
        row.getInteger("times"),
        row.getLong("shown"));
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
