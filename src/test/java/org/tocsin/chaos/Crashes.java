package org.tocsin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The only node ends, with and without a warning. */
interface Crashes {
  int FEW_KILLS = 2;
  int MANY_KILLS = Integer.getInteger("kills", 50);

  ChaosScene scene();

  @Test
  default void aNewsletterSurvivesKillsAndListsWhoIsInDoubt() {
    Sending sending = scene().release();
    killAgainAndAgain(sending, FEW_KILLS);
    Verdict verdict = sending.verdict("kill -9, newsletter", FEW_KILLS).holdsAfterKills();
    assertThat(verdict.doubled()).as("a newsletter is not sent again by itself").isZero();
  }

  @Test
  default void anUrgentBroadcastSurvivesAKillAndReachesEverybody() {
    Sending sending = scene().releaseUrgent();
    killAgainAndAgain(sending, 1);
    Verdict verdict = sending.verdict("kill -9, urgent", 1).holdsAfterKills();
    assertThat(verdict.sent()).as("whoever was in doubt got it again").isEqualTo(sending.due);
  }

  @Test
  @Tag("long")
  default void newslettersSurviveManyKills() {
    int kills = 0;
    while (kills < MANY_KILLS) {
      Sending sending = scene().release();
      int more = Math.min(5, MANY_KILLS - kills);
      killAgainAndAgain(sending, more);
      sending.verdict("kill -9, newsletter, many", more).holdsAfterKills();
      kills += more;
    }
  }

  @Test
  @Tag("long")
  default void urgentBroadcastsSurviveManyKills() {
    int kills = 0;
    while (kills < MANY_KILLS) {
      Sending sending = scene().releaseUrgent();
      int more = Math.min(5, MANY_KILLS - kills);
      killAgainAndAgain(sending, more);
      sending.verdict("kill -9, urgent, many", more).holdsAfterKills();
      kills += more;
    }
  }

  /** At random moments between one restart and the next. */
  private void killAgainAndAgain(Sending sending, int kills) {
    Random random = new Random(kills);
    scene().faults(ChaosScene.slow());
    for (int kill = 0; kill < kills; kill++) {
      long before = sending.received();
      long left = sending.due - before;
      sending.awaitReceived(before + 1 + random.nextLong(Math.max(1, left / (kills - kill + 1))));
      scene().desk().kill();
      scene().leases.expire();
      scene().desk().start();
    }
    sending.awaitCompleted();
  }

  @Test
  default void aHubThatIsToldToEndLeavesNothingInDoubt() {
    scene().faults(new JsonObject().put("per_second", 200));
    Sending sending = scene().release();
    sending.awaitReceived(sending.due / 10);
    scene().desk().stop();
    assertThat(sending.ledger().pending()).as("it ended in the middle").isPositive();
    assertThat(sending.ledger().sent())
        .as("all that arrived is written down")
        .isEqualTo((int) sending.received());
    scene().faults(new JsonObject());
    scene().desk().start();
    sending.awaitCompleted();
    sending.verdict("SIGTERM", 0).leavesNoDoubt();
  }
}
