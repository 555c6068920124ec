package org.tocsin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The relay refuses, loses and hangs. */
interface RelayFaults {
  ChaosScene scene();

  @ParameterizedTest
  @ValueSource(strings = {"rcpt", "dot"})
  default void whoeverIsPutOffGetsItLater(String stage) {
    scene().fault(stage, "451", 0.05);
    Sending sending = scene().release();
    sending.awaitCompleted();
    Verdict verdict = sending.verdict("5 % 451 at " + stage, 0).leavesNoDoubt();
    assertThat(verdict.sent()).isEqualTo(sending.due);
  }

  @Test
  default void whoeverIsRefusedFailsAndNobodyElse() {
    scene().fault("rcpt", "550", 0.01);
    Sending sending = scene().release();
    sending.awaitCompleted();
    Verdict verdict = sending.verdict("1 % 550", 0).leavesNoDoubt();
    assertThat(sending.due - verdict.sent()).isEqualTo(apart("answered_550")).isPositive();
  }

  @Test
  default void aMailLostBeforeItIsRecordedIsListedInDoubt() {
    scene().fault("dot", "drop", 0.01);
    Sending sending = scene().release();
    sending.awaitCompleted();
    Verdict verdict = sending.verdict("dropped after the dot, not recorded", 0).holds();
    assertThat(verdict.listed()).isEqualTo(apart("dropped")).isPositive();
  }

  @Test
  default void aMailLostAfterItIsRecordedIsListedInDoubt() {
    scene().fault("dot", "drop_recorded", 0.01);
    Sending sending = scene().release();
    sending.awaitCompleted();
    Verdict verdict = sending.verdict("dropped after the dot, recorded", 0).holds();
    assertThat(verdict.listed()).isEqualTo(apart("dropped")).isPositive();
    assertThat(verdict.doubled()).isZero();
  }

  @Test
  default void anUrgentMailLostAfterItIsRecordedComesTwiceAndIsMarked() {
    scene().fault("dot", "drop_recorded", 0.01);
    Sending sending = scene().releaseUrgent();
    sending.awaitCompleted();
    Verdict verdict = sending.verdict("dropped after the dot, recorded, urgent", 0).holds();
    assertThat(verdict.sent()).isEqualTo(sending.due);
    assertThat(verdict.doubled()).isPositive();
  }

  private int apart(String what) {
    return scene().relay.remote().state().getJsonObject("apart").getInteger(what, 0);
  }

  @Test
  default void aRelayThatHangsInDataHoldsUpOnlyThoseWhoHang() {
    hang();
    Sending sending = scene().release();
    sending.await("all but three are sent", () -> sending.ledger().sent() == sending.due - 3);
    scene().faults(new JsonObject().put("refuse_seconds", 1));
    sending.awaitCompleted();
    sending.verdict("hangs in DATA, then throws out", 0).leavesNoDoubt();
  }

  @Test
  @Tag("long")
  default void whoeverHangsInDataIsTriedAgainAfterTheDeadline() {
    hang();
    Sending sending = scene().release();
    sending.awaitCompleted();
    sending.verdict("hangs in DATA until the deadline", 0).leavesNoDoubt();
  }

  private void hang() {
    scene()
        .faults(
            new JsonObject()
                .put(
                    "rules", new JsonArray().add(ChaosScene.rule("data", "hang").put("times", 3))));
  }

  @Test
  default void aRelayThatIsAwayForSecondsLosesNobody() {
    Sending sending = relayGoes(3);
    endsWell(sending, "relay away for 3 s");
  }

  @Test
  @Tag("long")
  default void aRelayThatIsAwayForAMinuteLosesNobody() {
    Sending sending = relayGoes(60);
    long before = sending.received();
    sending.await("the relay gets mail again, in good time", () -> sending.received() > before);
    endsWell(sending, "relay away for 60 s");
  }

  private Sending relayGoes(int seconds) {
    scene().faults(ChaosScene.slow());
    Sending sending = scene().release();
    sending.awaitReceived(sending.due / 3);
    scene().faults(ChaosScene.slow().put("refuse_seconds", seconds));
    return sending;
  }

  /** Mails that were under way when it threw everybody out are in doubt, and no others. */
  private void endsWell(Sending sending, String name) {
    sending.awaitCompleted();
    Verdict verdict = sending.verdict(name, 0).holds();
    assertThat(verdict.doubled()).isZero();
    assertThat(verdict.listed())
        .as("one a connection at most")
        .isLessThanOrEqualTo(ChaosScene.CONNECTIONS);
    assertThat(verdict.sent()).isEqualTo(sending.due - verdict.listed());
  }
}
