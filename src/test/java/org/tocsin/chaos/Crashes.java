package org.tocsin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tocsin.chaos.ChaosScene.Issue;

/** The only node ends, with and without a warning. */
interface Crashes {
  int FEW_KILLS = 2;
  int MANY_KILLS = Integer.getInteger("kills", 50);

  ChaosScene scene();

  @Test
  default void anIssueSurvivesKillsAndNobodyInDoubtIsPassedOver() {
    issueSurvives(FEW_KILLS, "");
  }

  @Test
  @Tag("long")
  default void issuesSurviveManyKills() {
    int kills = 0;
    while (kills < MANY_KILLS) {
      int more = Math.min(5, MANY_KILLS - kills);
      issueSurvives(more, ", many");
      kills += more;
    }
  }

  /** The letters list whoever is in doubt, the event is posted to them again: 256 in all a kill. */
  private void issueSurvives(int kills, String name) {
    Issue issue = scene().releaseToAll();
    killAgainAndAgain(List.of(issue.letters(), issue.events()), kills);
    Verdict letters = issue.letters().verdict("kill -9, newsletter" + name, kills).holds();
    Verdict events = issue.events().verdict("kill -9, webhooks" + name, kills).holds();
    Verdict.holdAfterKills(letters, events);
    assertThat(letters.doubled()).as("a newsletter is not sent again by itself").isZero();
    assertThat(events.sent()).as("who was in doubt got it again").isEqualTo(issue.events().due);
  }

  @Test
  @Tag("long")
  default void urgentBroadcastsSurviveManyKills() {
    int kills = 0;
    while (kills < MANY_KILLS) {
      Sending sending = scene().releaseUrgent();
      int more = Math.min(5, MANY_KILLS - kills);
      killAgainAndAgain(List.of(sending), more);
      sending.verdict("kill -9, urgent, many", more).holdsAfterKills();
      kills += more;
    }
  }

  /**
   * At random moments between one restart and the next, each in the midst of what has most to send.
   */
  private void killAgainAndAgain(List<Sending> sendings, int kills) {
    Random random = new Random(kills);
    scene().faults(ChaosScene.slow());
    scene().partners.faults(ChaosScene.slow());
    for (int kill = 0; kill < kills; kill++) {
      Sending sending = Collections.max(sendings, Comparator.comparingInt(Sending::pending));
      int most = Math.max(1, sending.pending() / (kills - kill + 1));
      long mark = sending.received() + 1 + random.nextInt(most);
      sending.await("the next kill", () -> sending.received() >= mark || sending.pending() == 0);
      scene().desk().kill();
      scene().leases.expire();
      scene().desk().start();
    }
    sendings.forEach(Sending::awaitCompleted);
  }

  @Test
  default void aHubThatIsToldToEndLeavesNothingInDoubt() {
    scene().faults(new JsonObject().put("per_second", 200));
    scene().partners.faults(new JsonObject().put("per_second", 200));
    Issue issue = scene().releaseToAll();
    for (Sending sending : List.of(issue.letters(), issue.events())) {
      sending.awaitReceived(sending.due / 10);
    }
    scene().desk().stop();
    for (Sending sending : List.of(issue.letters(), issue.events())) {
      assertThat(sending.ledger().pending()).as("it ended in the middle").isPositive();
      assertThat(sending.ledger().sent())
          .as("all that arrived is written down")
          .isEqualTo((int) sending.received());
    }
    scene().faults(new JsonObject());
    scene().partners.faults(new JsonObject());
    scene().desk().start();
    issue.letters().awaitCompleted();
    issue.letters().verdict("SIGTERM", 0).leavesNoDoubt();
    issue.events().awaitCompleted();
    issue.events().verdict("SIGTERM, webhooks", 0).leavesNoDoubt();
  }
}
