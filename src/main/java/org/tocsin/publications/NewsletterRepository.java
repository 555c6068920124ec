package org.tocsin.publications;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;
import org.tocsin.publications.Newsletter.State;
import org.tocsin.publications.NewsletterVault.Purpose;
import org.tocsin.release.ApprovalId;
import org.tocsin.release.ContentHash;
import org.tocsin.release.ReleaseId;

/** Owns {@code publications.newsletter}. Whoever changes an issue locks its row first. */
final class NewsletterRepository {
  /** What is PUBLISHED the public sees: it stands where the site may read it. */
  private static final String SHOWN =
      "EXISTS (SELECT FROM publications.published_newsletter p WHERE p.month = n.month)";

  private static final String COLUMNS = " n.*, " + SHOWN + " AS shown ";

  private static final String INSERT =
      """
      INSERT INTO publications.newsletter AS n
        (month, words_sealed, topics, content_hash, created_at, updated_at)
      VALUES ($1, $2, $3, $4, $5, $5) RETURNING
      """
          + COLUMNS;
  private static final String ONE =
      "SELECT" + COLUMNS + "FROM publications.newsletter n WHERE id = $1";
  private static final String LOCK = ONE + " FOR UPDATE OF n";
  private static final String OF_MONTH =
      "SELECT" + COLUMNS + "FROM publications.newsletter n WHERE month = $1";
  private static final String OF_RELEASE =
      "SELECT id FROM publications.newsletter WHERE release = $1";
  private static final String LIST =
      "SELECT"
          + COLUMNS
          + "FROM publications.newsletter n WHERE ($1 = '' OR month < $1) ORDER BY month DESC LIMIT"
          + " $2";
  private static final String REWRITE =
      """
      UPDATE publications.newsletter n SET month = $2, words_sealed = $3, topics = $4, content_hash = $5,
        state = 'DRAFT', approval = NULL, version = version + 1, updated_at = $6
      WHERE id = $1 RETURNING
      """
          + COLUMNS;
  private static final String SUBMIT =
      """
      UPDATE publications.newsletter n SET state = 'IN_REVIEW', content_hash = $2, returned_sealed = NULL,
        version = version + 1, updated_at = $3
      WHERE id = $1 RETURNING
      """
          + COLUMNS;
  private static final String APPROVE =
      """
      UPDATE publications.newsletter n SET state = 'APPROVED', approval = $2, version = version + 1, updated_at = $3
      WHERE id = $1 RETURNING
      """
          + COLUMNS;
  private static final String TO_DRAFT =
      """
      UPDATE publications.newsletter n SET state = 'DRAFT', approval = NULL, release = NULL, visible_at = NULL,
        returned_sealed = $2, version = version + 1, updated_at = $3
      WHERE id = $1 RETURNING
      """
          + COLUMNS;
  private static final String RELEASE =
      """
      UPDATE publications.newsletter n SET state = 'RELEASED', release = $2, visible_at = $3,
        version = version + 1, updated_at = $4
      WHERE id = $1 RETURNING
      """
          + COLUMNS;
  private static final String WITHDRAW =
      """
      UPDATE publications.newsletter n SET state = 'WITHDRAWN', withdrawn_at = $2,
        version = version + 1, updated_at = $2
      WHERE id = $1 RETURNING
      """
          + COLUMNS;

  /** Released, their time has come, and the public does not see them yet. */
  private static final String TO_PUBLISH =
      "SELECT"
          + COLUMNS
          + "FROM publications.newsletter n"
          + " WHERE n.state = 'RELEASED' AND n.visible_at <= $1 AND NOT "
          + SHOWN
          + " ORDER BY n.visible_at LIMIT 10 FOR UPDATE OF n SKIP LOCKED";

  private static final String SUBJECT = "subject";
  private static final String PREHEADER = "preheader";
  private static final String MARKDOWN = "markdown";

  private final NewsletterVault vault;

  NewsletterRepository(NewsletterVault vault) {
    this.vault = vault;
  }

  private Buffer words(Draft draft) {
    return vault.seal(
        Purpose.WORDS,
        new JsonObject()
            .put(SUBJECT, draft.subject())
            .put(PREHEADER, draft.preheader())
            .put(MARKDOWN, draft.markdown()));
  }

  Newsletter insert(Tx tx, Draft draft, ContentHash hash, Instant now) {
    return tx.get(
        INSERT,
        this::newsletter,
        draft.month(),
        words(draft),
        draft.topics().toArray(String[]::new),
        Buffer.buffer(hash.bytes()),
        time(now));
  }

  Optional<Newsletter> find(Sql sql, NewsletterId id) {
    return sql.find(ONE, this::newsletter, id.value());
  }

  Optional<Newsletter> findMonth(Sql sql, String month) {
    return sql.find(OF_MONTH, this::newsletter, month);
  }

  Optional<NewsletterId> ofRelease(Sql sql, long release) {
    return sql.find(OF_RELEASE, row -> new NewsletterId(row.getLong("id")), release);
  }

  /** Holds all others off this issue until the transaction ends. */
  Optional<Newsletter> lock(Tx tx, NewsletterId id) {
    return tx.find(LOCK, this::newsletter, id.value());
  }

  /** Newest month first. */
  List<Newsletter> list(Sql sql, String beforeMonth, int limit) {
    return sql.list(LIST, this::newsletter, beforeMonth, limit);
  }

  /** Locked, so that nobody else makes them public. */
  List<Newsletter> toPublish(Tx tx, Instant now) {
    return tx.list(TO_PUBLISH, this::newsletter, time(now));
  }

  Newsletter rewrite(Tx tx, NewsletterId id, Draft draft, ContentHash hash, Instant now) {
    return tx.get(
        REWRITE,
        this::newsletter,
        id.value(),
        draft.month(),
        words(draft),
        draft.topics().toArray(String[]::new),
        Buffer.buffer(hash.bytes()),
        time(now));
  }

  Newsletter submitted(Tx tx, NewsletterId id, ContentHash hash, Instant now) {
    return tx.get(SUBMIT, this::newsletter, id.value(), Buffer.buffer(hash.bytes()), time(now));
  }

  Newsletter approved(Tx tx, NewsletterId id, ApprovalId approval, Instant now) {
    return tx.get(APPROVE, this::newsletter, id.value(), approval.value(), time(now));
  }

  Newsletter draftAgain(Tx tx, NewsletterId id, String returned, Instant now) {
    return tx.get(TO_DRAFT, this::newsletter, id.value(), vault.sealReason(returned), time(now));
  }

  Newsletter released(Tx tx, NewsletterId id, ReleaseId release, Instant visibleAt, Instant now) {
    return tx.get(
        RELEASE, this::newsletter, id.value(), release.value(), time(visibleAt), time(now));
  }

  Newsletter withdrawn(Tx tx, NewsletterId id, Instant now) {
    return tx.get(WITHDRAW, this::newsletter, id.value(), time(now));
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private Newsletter newsletter(Row row) {
    Optional<Instant> visibleAt = instant(row.getOffsetDateTime("visible_at"));
    JsonObject words = vault.open(Purpose.WORDS, row.getBuffer("words_sealed"));
    return new Newsletter(
        new NewsletterId(row.getLong("id")),
        new Draft(
            row.getString("month"),
            words.getString(SUBJECT),
            words.getString(PREHEADER),
            words.getString(MARKDOWN),
            List.of(row.getArrayOfStrings("topics"))),
        state(row.getString("state"), row.getBoolean("shown")),
        ContentHash.of(row.getBuffer("content_hash").getBytes()),
        row.getInteger("version"),
        vault.openReason(row.getBuffer("returned_sealed")),
        Optional.ofNullable(row.getLong("approval")).map(ApprovalId::new),
        Optional.ofNullable(row.getLong("release")).map(ReleaseId::new),
        visibleAt,
        instant(row.getOffsetDateTime("withdrawn_at")),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("updated_at").toInstant());
  }

  private static State state(String stored, boolean shown) {
    if (!stored.equals("RELEASED")) {
      return State.valueOf(stored);
    }
    return shown ? State.PUBLISHED : State.SCHEDULED;
  }

  private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }
}
