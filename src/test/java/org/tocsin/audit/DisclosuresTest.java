package org.tocsin.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.DatabaseFailure;
import org.tocsin.testing.TestHub;
import org.tocsin.testing.TestPostgres;

/** Who is shown what is private, and what is written down of it. */
class DisclosuresTest {
  private static final String INES = "staff:1";
  private static final String OLEK = "staff:2";

  private final TestHub hub = new TestHub();
  private final Audit audit = hub.audit;

  /** Of another node, over the same database. */
  private final Audit other = new Audit(hub.hub, hub.clock);

  @AfterEach
  void close() {
    hub.close();
  }

  private List<AuditEntry> entries() {
    return audit.latest(Audit.Filter.ALL, Long.MAX_VALUE, 500).reversed();
  }

  private static JsonObject detail(AuditEntry entry) {
    return new JsonObject(entry.detail());
  }

  private static int times(AuditEntry entry) {
    return detail(entry).getInteger("times", 0);
  }

  private void sweep() {
    while (other.readingsRound()) {
      // until nothing is over
    }
  }

  @Test
  void theFirstReadingStandsThereAtOnceAndWhatFollowsIsOneLaterEntry() {
    audit.read(INES, "case", "case:1", 0);
    assertThat(entries()).extracting(AuditEntry::action).containsExactly("read.case");
    hub.clock.advance(Duration.ofMinutes(4));
    audit.read(INES, "case", "case:1", 0);
    other.read(INES, "case", "case:1", 0);
    audit.read(INES, "case", "case:2", 0);
    audit.read(OLEK, "case", "case:1", 0);
    audit.read(INES, "case_team", "case:1", 0);
    assertThat(entries())
        .extracting(entry -> entry.actor() + " " + entry.action() + " " + entry.subject())
        .containsExactly(
            "staff:1 read.case case:1",
            "staff:1 read.case case:2",
            "staff:2 read.case case:1",
            "staff:1 read.case_team case:1");
    sweep();
    assertThat(entries()).hasSize(4);

    hub.clock.advance(Duration.ofMinutes(6));
    sweep();
    assertThat(entries()).hasSize(5);
    AuditEntry later = entries().getLast();
    assertThat(later.actor() + later.action() + later.subject())
        .isEqualTo("staff:1read.casecase:1");
    assertThat(detail(later))
        .isEqualTo(new JsonObject().put("times", 2).put("since", "2026-06-15T09:00:00Z"));
    hub.clock.advance(Duration.ofMinutes(10));
    sweep();
    assertThat(entries()).hasSize(5);
    long kept =
        hub.hub.get("SELECT count(*) AS many FROM audit.disclosure", row -> row.getLong("many"));
    assertThat(kept).isZero();
    assertThat(audit.verify().broken()).isEmpty();
  }

  @Test
  void whoReadsOnWhenTheTimeIsOverIsToldOfAtOnceWithWhatWasCountedBefore() {
    audit.read(INES, "cases", "cases", 50);
    audit.read(INES, "cases", "cases", 30);
    audit.read(INES, "cases", "cases", 7);
    hub.clock.advance(Duration.ofMinutes(10));
    audit.read(INES, "cases", "cases", 12);
    assertThat(entries())
        .extracting(AuditEntry::detail)
        .containsExactly(
            "{\"shown\":50}",
            "{\"shown\":37,\"times\":2,\"since\":\"2026-06-15T09:00:00Z\"}",
            "{\"shown\":12}");
    hub.clock.advance(Duration.ofMinutes(10));
    sweep();
    assertThat(entries()).hasSize(3);
  }

  @Test
  void manyReadersOfTwoNodesAreAllCountedOnce() throws Exception {
    List<Callable<Boolean>> reads =
        Stream.iterate(0, i -> i < 120, i -> i + 1)
            .map(
                i ->
                    (Callable<Boolean>)
                        () -> {
                          Audit node = i % 2 == 0 ? audit : other;
                          node.read("staff:" + i % 4, "case", "case:" + i % 10, 0);
                          return true;
                        })
            .toList();
    for (int wave = 0; wave < 3; wave++) {
      try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Future<Boolean> done : readers.invokeAll(reads)) {
          assertThat(done.get()).isTrue();
        }
      }
      hub.clock.advance(Duration.ofMinutes(10));
    }
    sweep();
    List<AuditEntry> first = entries().stream().filter(one -> times(one) == 0).toList();
    assertThat(first).as("20 pairs, told of once a wave").hasSize(3 * 20);
    assertThat(first.size() + entries().stream().mapToInt(DisclosuresTest::times).sum())
        .isEqualTo(3 * 120);
    assertThat(audit.verify().broken()).isEmpty();
  }

  /** Sessions that wait for the end of the chain or hold it. */
  private long atTheEnd() {
    return hub.hub.get(
        """
        SELECT count(DISTINCT pid) AS n FROM pg_locks
        WHERE relation = 'audit.head'::regclass AND mode IN ('RowShareLock', 'RowExclusiveLock')
          AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())
        """,
        row -> row.getLong("n"));
  }

  @Test
  void whoStopsSomethingWaitsForOneTransactionOfReadersANodeAtMost() throws Exception {
    try (Database one = node();
        Database two = node();
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Audit> nodes = List.of(new Audit(one, hub.clock), new Audit(two, hub.clock));
      CountDownLatch recorded = new CountDownLatch(1);
      CountDownLatch commit = new CountDownLatch(1);
      List<Future<?>> all = new ArrayList<>();
      all.add(
          readers.submit(
              () ->
                  hub.hub.inTransaction(
                      tx -> {
                        audit.record(tx, OLEK, "alert.stopped", "alert:1");
                        recorded.countDown();
                        await(commit);
                      })));
      await(recorded);
      for (int i = 0; i < 200; i++) {
        String subject = "case:" + i;
        Audit node = nodes.get(i % 2);
        all.add(readers.submit(() -> node.read(INES, "case", subject, 0)));
      }
      try {
        eventually("a reader of each node waits behind the stop", () -> atTheEnd() >= 3);
        for (int look = 0; look < 50; look++) {
          assertThat(atTheEnd()).as("the stop, and a reader of each node").isEqualTo(3);
        }
      } finally {
        commit.countDown();
      }
      for (Future<?> done : all) {
        done.get();
      }
    }
    assertThat(entries()).hasSize(201);
    assertThat(entries().getFirst().action()).isEqualTo("alert.stopped");
    assertThat(audit.verify().broken()).isEmpty();
  }

  private Database node() {
    return Database.open(
        hub.vertx, hub.address, TestPostgres.HUB.username(), TestPostgres.HUB.password(), 4);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(90, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void insideATransactionThatIsJoinedItIsWrittenWithIt() {
    hub.hub.together(
        tx -> {
          audit.record(tx, INES, "case.created", "case:1");
          audit.read(INES, "case", "case:1", 0);
          return tx;
        });
    assertThat(entries())
        .extracting(AuditEntry::action)
        .containsExactly("case.created", "read.case");
  }

  @Test
  void whatCannotBeWrittenDownIsRefusedAndTheNextIsNot() {
    hub.hub.run("ALTER TABLE audit.disclosure RENAME TO elsewhere");
    assertThatThrownBy(() -> audit.read(INES, "case", "case:1", 0))
        .isInstanceOf(DatabaseFailure.class);
    hub.hub.run("ALTER TABLE audit.elsewhere RENAME TO disclosure");
    audit.read(INES, "case", "case:1", 0);
    assertThat(entries()).hasSize(1);
  }

  @Test
  void whatWasDoneToAThingIsToldWithoutWhoLookedAtIt() {
    hub.hub.inTransaction(tx -> audit.record(tx, INES, "alert.created", "alert:1"));
    audit.read(OLEK, "alert", "alert:1", 0);
    assertThat(audit.history("alert:1", 9))
        .extracting(AuditEntry::action)
        .containsExactly("alert.created");
  }
}
