package org.tocsin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Endpoints refuse, lose and hang; whoever is in doubt is posted to again and marked. */
interface WebhookFaults {
  int HANGING = 3;

  ChaosScene scene();

  @Test
  default void endpointsThatAreUnavailableForAWhileHearOfItLaterAndOnce() {
    Sending sending = sentWith(ChaosScene.rule("request", "503"));
    sending.await("all were put off", () -> sending.unfinished() == 0);
    assertThat(sending.received()).isZero();
    scene().partners.faults(new JsonObject());
    sending.awaitCompleted();
    Verdict verdict = sending.verdict("webhooks, 503 for a while", 0).leavesNoDoubt();
    assertThat(verdict.sent()).isEqualTo(sending.due);
  }

  @Test
  default void aConnectionThatBreaksBeforeTheEventIsTakenLeavesItInDoubtAndItIsPostedAgain() {
    Sending sending = sentWith(ChaosScene.rule("request", "drop").put("share", 0.01));
    Verdict verdict = reachesAll(sending, "webhooks, dropped, not recorded");
    assertThat(verdict.listed()).isPositive();
    assertThat(verdict.doubled()).isZero();
  }

  @Test
  default void aConnectionThatBreaksAfterTheEventIsTakenLetsItComeTwiceAndMarksIt() {
    Sending sending = sentWith(ChaosScene.rule("request", "drop_recorded").put("share", 0.01));
    Verdict verdict = reachesAll(sending, "webhooks, dropped, recorded");
    assertThat(verdict.doubled()).isPositive();
  }

  @Test
  default void endpointsThatHangInTheAnswerHoldUpNobodyElse() {
    Sending sending = sentWith(hanging());
    sending.await("all but those are sent", () -> sending.ledger().sent() == sending.due - HANGING);
    scene().partners.faults(new JsonObject().put("refuse_seconds", 1));
    Verdict verdict = reachesAll(sending, "webhooks, hang, then thrown out");
    assertThat(verdict.doubled()).isEqualTo(HANGING);
  }

  @Test
  @Tag("long")
  default void whoeverHangsInTheAnswerIsPostedToAgainAfterTheDeadline() {
    Sending sending = sentWith(hanging());
    Verdict verdict = reachesAll(sending, "webhooks, hang until the deadline");
    assertThat(verdict.doubled()).isEqualTo(HANGING);
  }

  private static JsonObject hanging() {
    return ChaosScene.rule("request", "hang_recorded").put("times", HANGING);
  }

  private Sending sentWith(JsonObject rule) {
    scene().partners.faults(new JsonObject().put("rules", new JsonArray().add(rule)));
    return scene().releaseToAll().events();
  }

  /** And what came twice is marked, whoever broke it off. */
  private static Verdict reachesAll(Sending sending, String name) {
    sending.awaitCompleted();
    Verdict verdict = sending.verdict(name, 0).holds();
    assertThat(verdict.sent()).isEqualTo(sending.due);
    return verdict;
  }
}
