package org.tocsin.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Refusals.code;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.database.DatabaseFailure;
import org.tocsin.platform.errors.HubException;
import org.tocsin.testing.Eventually;
import org.tocsin.testing.TestHub;
import org.tocsin.testing.TestStaff;

/** The database's own rules: through {@link Releases}, and past it with plain SQL. */
class ReleaseRulesTest {
  private static final TestHub hub = new TestHub();
  private static final Releases releases = new Releases(hub.clock);
  private static final StaffId anna = TestStaff.add(hub, "anna");
  private static final StaffId bela = TestStaff.add(hub, "bela");
  private static final StaffId cleo = TestStaff.add(hub, "cleo");
  private static final AtomicInteger subjects = new AtomicInteger();

  private final String subject = "item:" + subjects.incrementAndGet();

  @AfterAll
  static void close() {
    hub.close();
  }

  @Test
  void whatASecondPersonApprovedIsReleasedOnce() {
    edit(anna, "text");
    ApprovalId approval = approve(bela, "text");
    assertThat(release(approval, anna).value()).isPositive();
    assertThatThrownBy(() -> release(approval, bela)).satisfies(code("already_released"));
  }

  @Test
  void nobodyApprovesWhatTheyWroteAt() {
    edit(anna, "text");
    edit(bela, "better text");
    assertThatThrownBy(() -> approve(anna, "better text"))
        .isInstanceOf(HubException.Forbidden.class)
        .satisfies(code("approver_is_editor"));
  }

  @Test
  void anEditorIsToldOfThatFirstWhateverElseIsWrong() {
    edit(anna, "text");
    assertThatThrownBy(() -> approve(anna, "another text")).satisfies(code("approver_is_editor"));
  }

  @Test
  void aTextChangedInBetweenIsNotApprovedByItsOldHash() {
    edit(anna, "text");
    edit(anna, "other text");
    assertThatThrownBy(() -> approve(bela, "text")).satisfies(code("content_changed"));
  }

  @Test
  void aTextThatNobodyWroteIsNotApproved() {
    assertThatThrownBy(() -> approve(bela, "text")).satisfies(code("content_changed"));
  }

  @Test
  void restoringTheApprovedWordsDoesNotRestoreTheApproval() {
    edit(anna, "text");
    ApprovalId approval = approve(bela, "text");
    edit(anna, "other text");
    edit(anna, "text");
    assertThatThrownBy(() -> release(approval, anna)).satisfies(code("content_changed"));
  }

  @Test
  void oneFormHasOneApproval() {
    edit(anna, "text");
    approve(bela, "text");
    assertThatThrownBy(() -> approve(cleo, "text")).satisfies(code("already_approved"));
  }

  @Test
  void anApprovalTakenBackReleasesNothing() {
    edit(anna, "text");
    ApprovalId approval = approve(bela, "text");
    hub.hub.inTransaction(tx -> releases.revoke(tx, approval, cleo));
    hub.hub.inTransaction(tx -> releases.revoke(tx, approval, bela));
    assertThatThrownBy(() -> release(approval, anna)).satisfies(code("not_approved"));
  }

  @Test
  void whatWasNeverApprovedIsNotReleased() {
    edit(anna, "text");
    assertThatThrownBy(() -> release(new ApprovalId(Long.MAX_VALUE), anna))
        .satisfies(code("not_approved"));
  }

  @Test
  void aPlainInsertCannotApproveOnesOwnText() {
    edit(anna, "text");
    assertBroken(
        "approver_is_editor",
        () ->
            hub.hub.run(
                "INSERT INTO release.approval (subject, content_hash, editors, last_edit, approved_by, at) "
                    + "VALUES ($1, $2, $3, 1, $4, now())",
                subject,
                bytes("text"),
                new Long[] {bela.value()},
                anna.value()));
  }

  @Test
  void aPlainInsertCannotLeaveAnEditorOut() {
    edit(anna, "text");
    edit(bela, "text");
    hub.hub.run(
        "INSERT INTO release.approval (subject, content_hash, editors, approved_by, at) "
            + "VALUES ($1, $2, $3, $4, now())",
        subject,
        bytes("text"),
        new Long[] {anna.value()},
        cleo.value());
    assertThat(releases.latestApproval(hub.hub, subject).orElseThrow().editors())
        .containsExactly(anna, bela);
  }

  @Test
  void aPlainInsertCannotSlipAnEditBelowAnApproval() {
    edit(anna, "text");
    ApprovalId approval = approve(bela, "text");
    hub.hub.run(
        "INSERT INTO release.edit (subject, no, editor, content_hash, at) VALUES ($1, -5, $2, $3, now())",
        subject,
        anna.value(),
        bytes("other text"));
    assertThatThrownBy(() -> release(approval, anna)).satisfies(code("content_changed"));
  }

  @Test
  void aPlainInsertCannotReleaseAnotherTextByThisApproval() {
    edit(anna, "text");
    ApprovalId approval = approve(bela, "text");
    for (String[] forged : new String[][] {{subject, "other text"}, {subject + "0", "text"}}) {
      assertBroken(
          "not_approved",
          () ->
              hub.hub.run(
                  "INSERT INTO release.release (approval, subject, content_hash, audience, channels, "
                      + "not_before, mode, released_by, at) "
                      + "VALUES ($1, $2, $3, '{}', '{email}', now(), 'ACTUAL', $4, now())",
                  approval.value(),
                  forged[0],
                  bytes(forged[1]),
                  anna.value()));
    }
  }

  @Test
  void whatWasWrittenApprovedOrReleasedIsNeverRewritten() {
    edit(anna, "text");
    release(approve(bela, "text"), anna);
    for (String table : new String[] {"edit", "approval", "revocation", "release"}) {
      for (String sql :
          new String[] {"DELETE FROM release." + table, "TRUNCATE release." + table + " CASCADE"}) {
        assertThatThrownBy(() -> hub.hub.run(sql))
            .isInstanceOfSatisfying(
                DatabaseFailure.class, refused -> assertThat(refused.forbidden()).isTrue());
      }
    }
    assertThatThrownBy(() -> hub.hub.run("UPDATE release.approval SET editors = '{}'"))
        .isInstanceOf(DatabaseFailure.class);
    assertThatThrownBy(
            () -> hub.hub.run("UPDATE release.edit SET editor = $1 WHERE true", bela.value()))
        .isInstanceOf(DatabaseFailure.class);
  }

  @Test
  void aTransactionWithAnOldSnapshotMayNotJudge() {
    assertThatThrownBy(
            () ->
                hub.hub.inTransaction(
                    tx -> {
                      tx.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
                      releases.edited(tx, subject, anna, hash("text"));
                    }))
        .hasMessageContaining("READ COMMITTED");
  }

  @Test
  void anEditThatWaitedBehindAnApprovalVoidsIt() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> waiting;
      ApprovalId[] approval = new ApprovalId[1];
      waiting =
          hub.hub.transaction(
              tx -> {
                releases.edited(tx, subject, anna, hash("first"));
                Future<?> late = threads.submit(() -> edit(bela, "late"));
                Eventually.eventually("the late edit waits for its turn", this::somebodyWaits);
                releases.edited(tx, subject, anna, hash("second"));
                approval[0] = releases.approve(tx, subject, cleo, hash("second"));
                return late;
              });
      waiting.get();
      assertThatThrownBy(() -> release(approval[0], anna)).satisfies(code("content_changed"));
    }
  }

  @Test
  void whoEditsAndApprovesAtTheSameMomentReleasesNothing() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 40; round++) {
        String raced = subject + "/" + round;
        hub.hub.inTransaction(tx -> releases.edited(tx, raced, anna, hash("text")));
        Future<?> edited =
            threads.submit(
                () ->
                    hub.hub.inTransaction(tx -> releases.edited(tx, raced, bela, hash("changed"))));
        Callable<ApprovalId> approve =
            () -> hub.hub.transaction(tx -> releases.approve(tx, raced, bela, hash("text")));
        Future<ApprovalId> approved = threads.submit(approve);
        edited.get();
        try {
          ApprovalId approval = approved.get();
          assertThatThrownBy(() -> release(approval, anna)).satisfies(code("content_changed"));
        } catch (ExecutionException refused) {
          assertThat(refused.getCause()).satisfies(code("approver_is_editor"));
        }
      }
    }
  }

  @Test
  void twoWhoReleaseAtTheSameMomentMakeOneRelease() throws Exception {
    edit(anna, "text");
    ApprovalId approval = approve(bela, "text");
    AtomicInteger refused = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Runnable once =
          () -> {
            try {
              release(approval, cleo);
            } catch (HubException.Conflict conflict) {
              assertThat(conflict.code()).isEqualTo("already_released");
              refused.incrementAndGet();
            }
          };
      Future<?> one = threads.submit(once);
      Future<?> other = threads.submit(once);
      one.get();
      other.get();
    }
    assertThat(refused).hasValue(1);
    assertThat(
            hub.hub.<Long>get(
                "SELECT count(*) FROM release.release WHERE subject = $1",
                row -> row.getLong(0),
                subject))
        .isEqualTo(1);
  }

  private boolean somebodyWaits() {
    return hub.hub.<Boolean>get(
        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() "
            + "AND wait_event = 'advisory')",
        row -> row.getBoolean(0));
  }

  private void edit(StaffId editor, String text) {
    hub.hub.inTransaction(tx -> releases.edited(tx, subject, editor, hash(text)));
  }

  private ApprovalId approve(StaffId approver, String text) {
    return hub.hub.transaction(tx -> releases.approve(tx, subject, approver, hash(text)));
  }

  private static ReleaseId release(ApprovalId approval, StaffId staff) {
    return hub.hub.transaction(tx -> releases.release(tx, order(approval), staff));
  }

  static ReleaseOrder order(ApprovalId approval) {
    return new ReleaseOrder(
        approval,
        new JsonObject().put("email", new JsonObject().put("audience", "subscribers")),
        hub.clock.instant(),
        ReleaseOrder.Mode.ACTUAL);
  }

  static ContentHash hash(String text) {
    return new ContentHash.Canon("test").field("text", text).hash();
  }

  private static Buffer bytes(String text) {
    return Buffer.buffer(hash(text).bytes());
  }

  private static void assertBroken(String constraint, ThrowingCallable sql) {
    assertThatThrownBy(sql)
        .isInstanceOfSatisfying(
            ConstraintViolated.class,
            broken -> assertThat(broken.constraint()).isEqualTo(constraint));
  }
}
