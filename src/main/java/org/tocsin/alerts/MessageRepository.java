package org.tocsin.alerts;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.Tx;
import org.tocsin.release.ApprovalId;
import org.tocsin.release.ContentHash;
import org.tocsin.release.ReleaseId;

/** Writes {@code alerts.message}, a verb a statement. Its chain is locked by whoever changes it. */
final class MessageRepository {
  private static final String INSERT =
      """
      INSERT INTO alerts.message (chain, no, type, draft_sealed, created_by, created_at, updated_at)
      SELECT $1, coalesce(max(no) + 1, 0), $2, $3, $4, $5, $5 FROM alerts.message WHERE chain = $1 RETURNING id
      """;
  private static final String REWRITE =
      """
      UPDATE alerts.message SET draft_sealed = $2, state = 'DRAFT', approval = NULL, frozen_sealed = NULL,
        content_hash = NULL, version = version + 1, updated_at = $3
      WHERE id = $1
      """;
  private static final String SUBMIT =
      """
      UPDATE alerts.message SET state = 'IN_REVIEW', frozen_sealed = $2, content_hash = $3, act_by = $4,
        returned_sealed = NULL, version = version + 1, updated_at = $5
      WHERE id = $1
      """;
  private static final String APPROVE =
      "UPDATE alerts.message SET state = 'APPROVED', approval = $2, version = version + 1,"
          + " updated_at = $3 WHERE id = $1";
  private static final String REJECT =
      """
      UPDATE alerts.message SET state = 'DRAFT', approval = NULL, returned_sealed = $2, version = version + 1, updated_at = $3
      WHERE id = $1
      """;
  private static final String RELEASE =
      """
      UPDATE alerts.message SET state = 'RELEASED', release = $2, not_before = $3, waiting = true,
        version = version + 1, updated_at = $4
      WHERE id = $1
      """;
  private static final String LET_GO =
      """
      UPDATE alerts.message SET waiting = false, let_go_at = coalesce(let_go_at, $2), told_at = CASE WHEN $3 THEN coalesce(told_at, $2) ELSE told_at END,
        version = version + 1, updated_at = $2
      WHERE id = $1
      """;
  private static final String HOLD =
      """
      UPDATE alerts.message SET state = 'HELD', waiting = false, held_from = $2, held_why = $3, held_by = $4, held_at = $5,
        version = version + 1, updated_at = $5
      WHERE id = $1
      """;
  private static final String RESUME_FIRST =
      "UPDATE alerts.message SET resumed_by = $2, version = version + 1, updated_at = $3 WHERE id ="
          + " $1";
  private static final String RESUME =
      """
      UPDATE alerts.message SET state = 'APPROVED', held_from = NULL, held_why = NULL, held_by = NULL, held_at = NULL,
        resumed_by = NULL, version = version + 1, updated_at = $2
      WHERE id = $1
      """;
  private static final String STOPPED =
      """
      UPDATE alerts.message SET state = 'RELEASED', not_before = $2, let_go_at = $2, version = version + 1, updated_at = $2
      WHERE id = $1
      """;

  private final AlertVault vault;

  MessageRepository(AlertVault vault) {
    this.vault = vault;
  }

  /** The next message of its chain. */
  AlertId insert(
      Tx tx,
      ChainId chain,
      AlertType type,
      Optional<AlertDraft> draft,
      Optional<StaffId> by,
      Instant now) {
    return tx.get(
        INSERT,
        row -> new AlertId(row.getLong("id")),
        chain.value(),
        type.name(),
        draft.map(vault::seal).orElse(null),
        by.map(StaffId::value).orElse(null),
        time(now));
  }

  void rewrite(Tx tx, AlertId id, AlertDraft draft, Instant now) {
    tx.run(REWRITE, id.value(), vault.seal(draft), time(now));
  }

  void submitted(Tx tx, AlertId id, Frozen frozen, ContentHash hash, Instant now) {
    tx.run(
        SUBMIT,
        id.value(),
        vault.seal(frozen),
        Buffer.buffer(hash.bytes()),
        frozen.draft().actBy().orElse(null),
        time(now));
  }

  void approved(Tx tx, AlertId id, ApprovalId approval, Instant now) {
    tx.run(APPROVE, id.value(), approval.value(), time(now));
  }

  void rejected(Tx tx, AlertId id, String reason, Instant now) {
    @Nullable Buffer why = reason.isEmpty() ? null : vault.sealReturned(reason);
    tx.run(REJECT, id.value(), why, time(now));
  }

  void released(Tx tx, AlertId id, ReleaseId release, Instant notBefore, Instant now) {
    tx.run(RELEASE, id.value(), release.value(), time(notBefore), time(now));
  }

  /**
   * @param told whether those who poll for events are told with it
   */
  void letGo(Tx tx, AlertId id, boolean told, Instant now) {
    tx.run(LET_GO, id.value(), time(now), told);
  }

  void held(Tx tx, AlertId id, AlertState from, Alert.Why why, Optional<StaffId> by, Instant now) {
    tx.run(
        HOLD,
        id.value(),
        from == AlertState.EXPIRED ? AlertState.ACTIVE.name() : from.name(),
        why.name(),
        by.map(StaffId::value).orElse(null),
        time(now));
  }

  void resumeFirst(Tx tx, AlertId id, StaffId by, Instant now) {
    tx.run(RESUME_FIRST, id.value(), by.value(), time(now));
  }

  void resumed(Tx tx, AlertId id, Instant now) {
    tx.run(RESUME, id.value(), time(now));
  }

  /** A stop on its way. */
  void stopped(Tx tx, AlertId id, Instant now) {
    tx.run(STOPPED, id.value(), time(now));
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
