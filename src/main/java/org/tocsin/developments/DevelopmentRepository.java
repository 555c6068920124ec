package org.tocsin.developments;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.cases.CaseId;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.SealedTable.Sealed;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;
import org.tocsin.release.ApprovalId;
import org.tocsin.release.ContentHash;

/** Owns {@code casework.development}; its words are sealed. */
final class DevelopmentRepository {
  private static final String WORDS = "development.words";

  static final List<SealedTable> SEALED_TABLES =
      List.of(
          new SealedTable(
              "casework.development", List.of(new Sealed("words_sealed", WORDS)), List.of()));

  private static final String ALL = "SELECT * FROM casework.development";
  private static final String ONE = ALL + " WHERE id = $1";
  private static final String LOCKED = ONE + " FOR UPDATE";
  private static final String OF_CASE = ALL + " WHERE case_file = $1 ORDER BY id DESC";
  private static final String OPEN = ALL + " WHERE state <> 'DROPPED' ORDER BY id DESC LIMIT $1";
  private static final String CLEARED = ALL + " WHERE state = 'CLEARED' ORDER BY id DESC LIMIT $1";
  private static final String CLEARED_OF_CASE =
      ALL + " WHERE case_file = $1 AND state = 'CLEARED' FOR UPDATE";
  private static final String INSERT =
      """
      INSERT INTO casework.development
        (case_file, kind, state, words_sealed, content_hash, written_by, created_at, changed_at)
      VALUES ($1, $2, 'DRAFT', $3, $4, $5, $6, $6) RETURNING id
      """;
  private static final String REWRITE =
      """
      UPDATE casework.development SET kind = $2, state = 'DRAFT', words_sealed = $3, content_hash = $4,
        approval = NULL, names = false, changed_at = $5
      WHERE id = $1
      """;
  private static final String CLEAR =
      """
      UPDATE casework.development SET state = 'CLEARED', approval = $2, names = $3, changed_at = $4
      WHERE id = $1
      """;
  private static final String MOVE =
      """
      UPDATE casework.development SET state = $2, approval = NULL, names = false, changed_at = $3
      WHERE id = $1
      """;

  private final Sealer sealer;

  DevelopmentRepository(Sealer sealer) {
    this.sealer = sealer;
  }

  DevelopmentId insert(Tx tx, CaseId id, DevelopmentDraft draft, StaffId by, Instant now) {
    return tx.get(
        INSERT,
        row -> new DevelopmentId(row.getLong("id")),
        id.value(),
        draft.kind().name(),
        seal(draft),
        Buffer.buffer(draft.hash().bytes()),
        by.value(),
        time(now));
  }

  void rewrite(Tx tx, DevelopmentId id, DevelopmentDraft draft, Instant now) {
    Buffer hash = Buffer.buffer(draft.hash().bytes());
    tx.run(REWRITE, id.value(), draft.kind().name(), seal(draft), hash, time(now));
  }

  void clear(Tx tx, DevelopmentId id, ApprovalId approval, boolean names, Instant now) {
    tx.run(CLEAR, id.value(), approval.value(), names, time(now));
  }

  void move(Tx tx, DevelopmentId id, Development.State to, Instant now) {
    tx.run(MOVE, id.value(), to.name(), time(now));
  }

  Optional<Development> find(Sql sql, DevelopmentId id) {
    return sql.find(ONE, this::read, id.value());
  }

  Optional<Development> lock(Tx tx, DevelopmentId id) {
    return tx.find(LOCKED, this::read, id.value());
  }

  List<Development> lockCleared(Tx tx, CaseId id) {
    return tx.list(CLEARED_OF_CASE, this::read, id.value());
  }

  /** Newest first. */
  List<Development> ofCase(Sql sql, CaseId id) {
    return sql.list(OF_CASE, this::read, id.value());
  }

  /** Newest first, without those that were dropped. */
  List<Development> open(Sql sql, int limit) {
    return sql.list(OPEN, this::read, limit);
  }

  /** Newest first. */
  List<Development> cleared(Sql sql, int limit) {
    return sql.list(CLEARED, this::read, limit);
  }

  private Buffer seal(DevelopmentDraft draft) {
    JsonObject words = new JsonObject().put("title", draft.title()).put("text", draft.text());
    return Buffer.buffer(sealer.seal(WORDS, words.encode()));
  }

  private Development read(Row row) {
    JsonObject words = new JsonObject(sealer.open(WORDS, row.getBuffer("words_sealed").getBytes()));
    return new Development(
        new DevelopmentId(row.getLong("id")),
        new CaseId(row.getLong("case_file")),
        Development.State.valueOf(row.getString("state")),
        new DevelopmentDraft(
            DevelopmentDraft.Kind.valueOf(row.getString("kind")),
            words.getString("title"),
            words.getString("text")),
        ContentHash.of(row.getBuffer("content_hash").getBytes()),
        row.getBoolean("names"),
        new StaffId(row.getLong("written_by")),
        row.getOffsetDateTime("changed_at").toInstant());
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
