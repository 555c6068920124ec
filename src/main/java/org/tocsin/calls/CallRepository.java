package org.tocsin.calls;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.access.StaffId;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.calls.Call.Closed;
import org.tocsin.calls.Call.Sent;
import org.tocsin.cases.Reference;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;
import org.tocsin.release.ApprovalId;
import org.tocsin.release.ContentHash;
import org.tocsin.release.ReleaseId;

/** Owns {@code calls.call}. Whoever changes a call locks it first. */
final class CallRepository {
  private static final String SELECT = "SELECT c.*, calls.found(c.id) AS found FROM calls.call c ";
  private static final String ONE = SELECT + "WHERE id = $1";
  private static final String CARRIED_BY = "SELECT id FROM calls.call WHERE broadcast = $1";
  private static final String LOCK = "SELECT id FROM calls.call WHERE id = $1 FOR NO KEY UPDATE";
  private static final String LIST = SELECT + "WHERE id < $1 ORDER BY id DESC LIMIT $2";
  private static final String SHOWN = SELECT + "WHERE release IS NOT NULL ORDER BY id DESC";
  private static final String FROZEN =
      "SELECT frozen_sealed FROM calls.call WHERE id = $1 AND frozen_sealed IS NOT NULL";
  private static final String INSERT =
      """
      INSERT INTO calls.call (reference, draft_sealed, needed, answer_by, created_by, created_at, updated_at)
      VALUES ($1, $2, $3, $4, $5, $6, $6) RETURNING id
      """;
  private static final String REWRITE =
      """
      UPDATE calls.call SET draft_sealed = $2, needed = $3, answer_by = $4, state = 'DRAFT', approval = NULL,
        frozen_sealed = NULL, content_hash = NULL, version = version + 1, updated_at = $5
      WHERE id = $1
      """;
  private static final String SUBMIT =
      """
      UPDATE calls.call SET state = 'IN_REVIEW', frozen_sealed = $2, content_hash = $3, returned_sealed = NULL,
        version = version + 1, updated_at = $4
      WHERE id = $1
      """;
  private static final String APPROVE =
      "UPDATE calls.call SET state = 'APPROVED', approval = $2, version = version + 1, updated_at ="
          + " $3 WHERE id = $1";
  private static final String REJECT =
      """
      UPDATE calls.call SET state = 'DRAFT', approval = NULL, returned_sealed = $2, version = version + 1, updated_at = $3
      WHERE id = $1
      """;
  private static final String RELEASE =
      """
      UPDATE calls.call SET state = 'RELEASED', release = $2, broadcast = $3, released_at = $4, version = version + 1, updated_at = $4
      WHERE id = $1
      """;
  private static final String CLOSE =
      """
      UPDATE calls.call SET state = 'CLOSED', reason = $2, closed_by = $3, closed_at = $4, version = version + 1, updated_at = $4
      WHERE id = $1
      """;

  private final CallVault vault;

  CallRepository(CallVault vault) {
    this.vault = vault;
  }

  Optional<Call> find(Sql sql, CallId id, Instant now) {
    return sql.find(ONE, row -> read(row, now), id.value());
  }

  Optional<CallId> carriedBy(Sql sql, BroadcastId broadcast) {
    return sql.find(CARRIED_BY, row -> new CallId(row.getLong("id")), broadcast.value());
  }

  /** Holds all others off this call until the transaction ends. */
  void lock(Tx tx, CallId id) {
    tx.run(LOCK, id.value());
  }

  /** Newest first, those before a number. */
  List<Call> list(Sql sql, long before, int limit, Instant now) {
    return sql.list(LIST, row -> read(row, now), before, limit);
  }

  /** All that were ever let go, newest first, with what was approved. */
  List<Shown> shown(Sql sql, Instant now) {
    return sql.list(
        SHOWN, row -> new Shown(read(row, now), vault.openFrozen(row.getBuffer("frozen_sealed"))));
  }

  /** A call that volunteers may be reading. */
  record Shown(Call call, FrozenCall frozen) {}

  Optional<FrozenCall> frozen(Sql sql, CallId id) {
    return sql.find(FROZEN, row -> vault.openFrozen(row.getBuffer("frozen_sealed")), id.value());
  }

  CallId insert(Tx tx, Reference reference, CallDraft draft, StaffId by, Instant now) {
    return tx.get(
        INSERT,
        row -> new CallId(row.getLong("id")),
        reference.text(),
        vault.seal(draft),
        draft.needed(),
        time(draft.answerBy()),
        by.value(),
        time(now));
  }

  void rewrite(Tx tx, CallId id, CallDraft draft, Instant now) {
    tx.run(
        REWRITE, id.value(), vault.seal(draft), draft.needed(), time(draft.answerBy()), time(now));
  }

  void submitted(Tx tx, CallId id, FrozenCall frozen, ContentHash hash, Instant now) {
    tx.run(SUBMIT, id.value(), vault.seal(frozen), Buffer.buffer(hash.bytes()), time(now));
  }

  void approved(Tx tx, CallId id, ApprovalId approval, Instant now) {
    tx.run(APPROVE, id.value(), approval.value(), time(now));
  }

  void rejected(Tx tx, CallId id, String reason, Instant now) {
    @Nullable Buffer why = reason.isEmpty() ? null : vault.sealReturned(reason);
    tx.run(REJECT, id.value(), why, time(now));
  }

  void released(Tx tx, CallId id, ReleaseId release, BroadcastId broadcast, Instant now) {
    tx.run(RELEASE, id.value(), release.value(), broadcast.value(), time(now));
  }

  void closed(Tx tx, CallId id, CloseReason reason, StaffId by, Instant now) {
    tx.run(CLOSE, id.value(), reason.name(), by.value(), time(now));
  }

  private Call read(Row row, Instant now) {
    @Nullable Buffer hash = row.getBuffer("content_hash");
    return new Call(
        new CallId(row.getLong("id")),
        new Reference(row.getString("reference")),
        state(row, now),
        vault.openDraft(row.getBuffer("draft_sealed")),
        row.getInteger("version"),
        Optional.ofNullable(hash).map(bytes -> ContentHash.of(bytes.getBytes())),
        vault.openReturned(row.getBuffer("returned_sealed")),
        Optional.ofNullable(row.getLong("approval")).map(ApprovalId::new),
        Optional.ofNullable(row.getLong("broadcast"))
            .map(id -> new Sent(new BroadcastId(id), instant(row, "released_at"))),
        Optional.ofNullable(row.getString("reason"))
            .map(
                reason ->
                    new Closed(
                        CloseReason.valueOf(reason),
                        new StaffId(row.getLong("closed_by")),
                        instant(row, "closed_at"))),
        row.getLong("found"),
        new StaffId(row.getLong("created_by")),
        instant(row, "created_at"),
        instant(row, "updated_at"));
  }

  private static CallState state(Row row, Instant now) {
    String stored = row.getString("state");
    if (!stored.equals("RELEASED")) {
      return CallState.valueOf(stored);
    }
    if (!now.isBefore(instant(row, "answer_by"))) {
      return CallState.OVER;
    }
    return row.getLong("found") >= row.getInteger("needed") ? CallState.FILLED : CallState.OPEN;
  }

  private static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
