package org.tocsin.publications;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;
import org.tocsin.publications.NewsletterVault.Purpose;
import org.tocsin.release.ContentHash;

/** Owns {@code publications.submission} and {@code publications.leak_alarm}. */
final class SubmissionRepository {
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended('newsletter submissions of ' || $1, 5))";
  private static final String SINCE =
      "SELECT at FROM publications.submission WHERE staff = $1 AND at > $2 ORDER BY at";
  private static final String INSERT =
      """
      INSERT INTO publications.submission (newsletter, content_hash, staff, at, words_sealed)
      VALUES ($1, $2, $3, $4, $5)
      """;
  private static final String NEXT =
      """
      SELECT id, staff, words_sealed FROM publications.submission WHERE found IS NULL ORDER BY id LIMIT 1
      """;
  private static final String LOOKED =
      "UPDATE publications.submission SET found = $2, words_sealed = NULL WHERE id = $1 AND found"
          + " IS NULL";
  private static final String HITS =
      """
      SELECT count(DISTINCT content_hash) AS hits FROM publications.submission
      WHERE staff = $1 AND at > $2 AND found > 0
      """;
  private static final String ALARM =
      """
      INSERT INTO publications.leak_alarm (staff, at) SELECT $1, $2
      WHERE NOT EXISTS (SELECT FROM publications.leak_alarm WHERE staff = $1 AND at > $3)
      """;
  private static final String ALARMS =
      "SELECT staff, at FROM publications.leak_alarm WHERE at > $1 ORDER BY at DESC";

  /** A text that was handed in and that nobody has looked through. */
  record Submission(long id, StaffId staff, String words) {}

  private final NewsletterVault vault;

  SubmissionRepository(NewsletterVault vault) {
    this.vault = vault;
  }

  /** One person's submissions happen one after the other. */
  void lock(Tx tx, StaffId staff) {
    tx.get(LOCK, row -> true, String.valueOf(staff.value()));
  }

  /** Oldest first. */
  List<Instant> since(Tx tx, StaffId staff, Instant after) {
    return tx.list(
        SINCE,
        row -> row.getOffsetDateTime("at").toInstant(),
        staff.value(),
        after.atOffset(ZoneOffset.UTC));
  }

  void insert(Tx tx, NewsletterId id, ContentHash hash, String words, StaffId staff, Instant now) {
    tx.run(
        INSERT,
        id.value(),
        Buffer.buffer(hash.bytes()),
        staff.value(),
        now.atOffset(ZoneOffset.UTC),
        vault.sealText(Purpose.SUBMITTED, words));
  }

  /** The oldest. */
  Optional<Submission> next(Sql sql) {
    return sql.find(
        NEXT,
        row ->
            new Submission(
                row.getLong("id"),
                new StaffId(row.getLong("staff")),
                vault.openText(Purpose.SUBMITTED, row.getBuffer("words_sealed"))));
  }

  /** Whether nobody else did it meanwhile. */
  boolean looked(Tx tx, Submission submission, int found) {
    return tx.run(LOOKED, submission.id(), found) > 0;
  }

  /** How many different texts of this person named somebody. */
  long hits(Tx tx, StaffId staff, Instant after) {
    return tx.get(HITS, row -> row.getLong("hits"), staff.value(), after.atOffset(ZoneOffset.UTC));
  }

  /** Whether there was none since then, and is one now. */
  boolean alarm(Tx tx, StaffId staff, Instant now, Instant after) {
    return tx.run(
            ALARM, staff.value(), now.atOffset(ZoneOffset.UTC), after.atOffset(ZoneOffset.UTC))
        > 0;
  }

  List<LeakAlarms.Alarm> alarms(Sql sql, Instant after) {
    return sql.list(
        ALARMS,
        row ->
            new LeakAlarms.Alarm(
                new StaffId(row.getLong("staff")), row.getOffsetDateTime("at").toInstant()),
        after.atOffset(ZoneOffset.UTC));
  }
}
