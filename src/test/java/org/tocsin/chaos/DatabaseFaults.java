package org.tocsin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tocsin.testing.TestPostgres;

/** PostgreSQL goes away, has no connections left, or holds a row that nobody can read. */
interface DatabaseFaults {
  int ASKED_AT_ONCE = 100;

  ChaosScene scene();

  @Test
  default void aDatabaseThatCrashesAndComesBackLeavesNothingInDoubt() {
    Sending sending = inTheMiddle();
    scene().ground.restart();
    sending.awaitCompleted();
    sending.verdict("PostgreSQL crashes and restarts", 0).leavesNoDoubt();
  }

  @Test
  default void connectionsThatBreakLeaveNothingInDoubt() {
    Sending sending = inTheMiddle();
    for (int third = 3; third < 9; third++) {
      sending.awaitReceived(sending.due * third / 10);
      scene().ground.breakConnections("%");
    }
    sending.awaitCompleted();
    sending.verdict("connections break six times", 0).leavesNoDoubt();
  }

  /** Whoever was claimed and not sent to was not reached, and is tried again. */
  @Test
  default void retriesThatLoseTheDatabaseBeforeTheyLeaveAreNotInDoubt() throws Exception {
    scene().fault("rcpt", "451", 0.3);
    Sending sending = scene().release();
    sending.await("some wait", () -> sending.unfinished() == 0 && sending.ledger().pending() > 0);
    scene().faults(new JsonObject());
    int said = scene().desk().output().length();
    try (Connection other = scene().ground.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE people.subscriber");
      scene().leases.makeRetriesDue();
      sending.await("some are made ready", () -> scene().ground.waiting() > 0);
      limitConnections(0);
      scene().ground.breakConnections(TestPostgres.COURIER.username());
      sending.await("the hub hears of it", () -> scene().desk().output().length() > said);
      other.rollback();
    } finally {
      limitConnections(-1);
    }
    sending.await("nobody is held for nothing", () -> sending.retried() == 0);
    sending.awaitCompleted();
    sending.verdict("the database goes under retries", 0).leavesNoDoubt();
  }

  private void limitConnections(int most) {
    scene()
        .ground
        .superuser("ALTER ROLE " + TestPostgres.COURIER.username() + " CONNECTION LIMIT " + most);
  }

  @Test
  default void withoutConnectionsTheSendingWaitsAndGoesOn() throws Exception {
    Sending sending = inTheMiddle();
    limitConnections(1);
    try {
      scene().ground.breakConnections(TestPostgres.COURIER.username());
      askAtOnce(sending);
    } finally {
      limitConnections(-1);
    }
    sending.awaitCompleted();
    sending.verdict("connections exhausted", 0).leavesNoDoubt();
  }

  /** Staff look on, many at once. */
  private void askAtOnce(Sending sending) throws Exception {
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<JsonObject>> answers =
          IntStream.range(0, ASKED_AT_ONCE)
              .mapToObj(_ -> many.submit(() -> sending.look("/deliveries?limit=500")))
              .toList();
      for (Future<JsonObject> answer : answers) {
        assertThat(answer.get().getJsonArray("items")).isNotEmpty();
      }
    }
  }

  private Sending inTheMiddle() {
    scene()
        .faults(
            ChaosScene.slow()
                .put(
                    "rules",
                    new JsonArray().add(ChaosScene.rule("rcpt", "451").put("share", 0.05))));
    Sending sending = scene().release();
    sending.awaitReceived(sending.due / 4);
    return sending;
  }

  @Test
  default void aReaderWhoCannotBeOpenedHoldsUpNobody() {
    long reader = scene().readers.some(1).getFirst();
    scene().readers.spoil(reader);
    try {
      Sending sending = scene().release();
      sending.awaitCompleted();
      Verdict verdict = sending.verdict("an address that does not open", 0).leavesNoDoubt();
      assertThat(verdict.sent()).isEqualTo(sending.due - 1);
    } finally {
      scene().readers.mend(reader);
    }
  }
}
