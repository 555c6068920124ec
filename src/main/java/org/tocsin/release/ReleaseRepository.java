package org.tocsin.release;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code release.*}; numbers, editors and last edits are filled in by the database. */
final class ReleaseRepository {
  private static final String INSERT_EDIT =
      "INSERT INTO release.edit (subject, no, editor, content_hash, at) VALUES ($1, 1, $2, $3, $4)";
  private static final String INSERT_APPROVAL =
      """
      INSERT INTO release.approval (subject, content_hash, approved_by, at)
      VALUES ($1, $2, $3, $4) RETURNING id
      """;
  private static final String INSERT_REVOCATION =
      """
      INSERT INTO release.revocation (approval, revoked_by, at) VALUES ($1, $2, $3)
      ON CONFLICT DO NOTHING
      """;
  private static final String INSERT_RELEASE =
      """
      INSERT INTO release.release
        (approval, subject, content_hash, audience, channels, not_before, mode, released_by, at)
      SELECT id, subject, content_hash, $2, $3, $4, $5, $6, $7 FROM release.approval WHERE id = $1
      RETURNING id
      """;
  private static final String EDITORS =
      "SELECT editor FROM release.edit WHERE subject = $1 GROUP BY editor ORDER BY min(no)";
  private static final String LATEST_APPROVAL =
      "SELECT * FROM release.approval WHERE subject = $1 ORDER BY id DESC LIMIT 1";

  void insertEdit(Tx tx, String subject, StaffId editor, ContentHash hash, Instant at) {
    tx.run(
        INSERT_EDIT,
        subject,
        editor.value(),
        Buffer.buffer(hash.bytes()),
        at.atOffset(ZoneOffset.UTC));
  }

  ApprovalId insertApproval(Tx tx, String subject, StaffId approver, ContentHash hash, Instant at) {
    return tx.get(
        INSERT_APPROVAL,
        row -> new ApprovalId(row.getLong("id")),
        subject,
        Buffer.buffer(hash.bytes()),
        approver.value(),
        at.atOffset(ZoneOffset.UTC));
  }

  void insertRevocation(Tx tx, ApprovalId approval, StaffId staff, Instant at) {
    tx.run(INSERT_REVOCATION, approval.value(), staff.value(), at.atOffset(ZoneOffset.UTC));
  }

  /** Empty where there is no such approval. */
  Optional<ReleaseId> insertRelease(Tx tx, ReleaseOrder order, StaffId staff, Instant at) {
    return tx.find(
        INSERT_RELEASE,
        row -> new ReleaseId(row.getLong("id")),
        order.approval().value(),
        order.audience(),
        order.audience().fieldNames().toArray(String[]::new),
        order.notBefore().atOffset(ZoneOffset.UTC),
        order.mode().name(),
        staff.value(),
        at.atOffset(ZoneOffset.UTC));
  }

  List<StaffId> editors(Sql sql, String subject) {
    return sql.list(EDITORS, row -> new StaffId(row.getLong("editor")), subject);
  }

  Optional<Approval> latestApproval(Sql sql, String subject) {
    return sql.find(LATEST_APPROVAL, ReleaseRepository::approval, subject);
  }

  private static Approval approval(Row row) {
    return new Approval(
        new ApprovalId(row.getLong("id")),
        ContentHash.of(row.getBuffer("content_hash").getBytes()),
        Arrays.stream(row.getArrayOfLongs("editors")).map(StaffId::new).toList(),
        new StaffId(row.getLong("approved_by")),
        row.getOffsetDateTime("at").toInstant());
  }
}
