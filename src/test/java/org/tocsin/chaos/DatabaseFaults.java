package org.tocsin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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
      scene().ground.breakConnections();
    }
    sending.awaitCompleted();
    sending.verdict("connections break six times", 0).leavesNoDoubt();
  }

  @Test
  default void withoutConnectionsTheSendingWaitsAndGoesOn() throws Exception {
    Sending sending = inTheMiddle();
    String courier = TestPostgres.COURIER.username();
    scene().ground.superuser("ALTER ROLE " + courier + " CONNECTION LIMIT 1");
    try {
      scene().ground.breakConnections();
      askAtOnce(sending);
    } finally {
      scene().ground.superuser("ALTER ROLE " + courier + " CONNECTION LIMIT -1");
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
