package org.tocsin.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.Delivery;
import org.tocsin.broadcasts.Lane;
import org.tocsin.broadcasts.Progress;

/** A verdict sees each way in which a ledger can be untrue. */
class VerdictTest {
  private static final Receipts ONCE = got(1, 1);
  private static final Receipts TWICE = got(2, 2);
  private static final Receipts NEVER = got("");

  @Test
  void sentAndReceivedOnceIsAsItShouldBe() {
    assertThat(verdict("SENT", false, ONCE).leavesNoDoubt().sent()).isOne();
  }

  @Test
  void sentAndNeverReceivedIsMissingAndWrong() {
    assertFails(verdict("SENT", false, NEVER), 1, 0, 1);
  }

  @Test
  void whoeverIsPendingIsMissing() {
    assertFails(verdict("RETRYING", false, NEVER), 1, 0, 0);
  }

  @Test
  void whoeverTheLedgerDoesNotKnowIsMissing() {
    assertFails(Verdict.of("", 2, ledger("SENT"), list("SENT", false), ONCE, 0), 1, 0, 0);
  }

  @Test
  void doubledIsOnlyRightWhereItIsListed() {
    assertFails(verdict("SENT", false, TWICE), 0, 1, 0);
    assertThat(verdict("SENT", true, TWICE).holds().doubled()).isOne();
    assertThat(verdict("IN_DOUBT", false, TWICE).holds().listed()).isOne();
  }

  @Test
  void whatWasAcknowledgedIsNotFailed() {
    assertFails(verdict("FAILED", false, ONCE), 0, 0, 1);
    verdict("FAILED", false, got(1, 0)).holds();
    verdict("CANCELLED", true, ONCE).holds();
  }

  @Test
  void whatNobodyIsSaidToHaveGotIsWrong() {
    Receipts stranger = got("reader1@home.example\t<two@hub.example>\t1\t1\t5\n");
    assertFails(verdict("FAILED", false, stranger), 0, 0, 1);
  }

  @Test
  void countersThatSayOtherwiseThanTheListAreWrong() {
    assertFails(Verdict.of("", 1, ledger("FAILED"), list("SENT", false), ONCE, 0), 0, 0, 2);
  }

  @Test
  void moreInDoubtThanAKillMayLeaveIsTooMuch() {
    List<Delivery> many = Collections.nCopies(257, list("IN_DOUBT", true).getFirst());
    Verdict verdict = Verdict.of("", 257, ledger("IN_DOUBT"), many, NEVER, 1);
    assertThatThrownBy(verdict::holdsAfterKills).hasMessageContaining("in doubt after 1 kills");
  }

  private static void assertFails(Verdict verdict, int missing, int unlisted, int wrong) {
    assertThat(List.of(verdict.missing(), verdict.unlisted(), verdict.wrong()))
        .containsExactly(missing, unlisted, wrong);
    assertThatThrownBy(verdict::holds).isInstanceOf(AssertionError.class);
  }

  private static Verdict verdict(String state, boolean doubled, Receipts got) {
    return Verdict.of("", 1, ledger(state), list(state, doubled), got, 0);
  }

  private static Receipts got(int received, int acknowledged) {
    return got(
        "reader1@home.example\t<one@hub.example>\t"
            + received
            + "\t"
            + acknowledged
            + "\t5\n"
            + "officer@staff.example\t<three@hub.example>\t1\t1\t5\n");
  }

  private static Receipts got(String lines) {
    return Receipts.of(lines, ChaosScene::isReader);
  }

  private static List<Delivery> list(String state, boolean doubled) {
    return List.of(
        new Delivery(
            "one", 1, 1, 1, state, "", 1, doubled, false, Optional.empty(), Optional.empty()));
  }

  private static Progress ledger(String state) {
    return new Progress(
        new BroadcastId(1),
        "newsletter",
        Optional.empty(),
        "email",
        Lane.BULK,
        "newsletter",
        "News",
        Progress.State.RUNNING,
        false,
        1,
        one(state, "SENT"),
        one(state, "FAILED"),
        0,
        0,
        one(state, "CANCELLED"),
        one(state, "IN_DOUBT"),
        Instant.EPOCH,
        Instant.EPOCH,
        Optional.of(Instant.EPOCH),
        Optional.empty(),
        Optional.empty());
  }

  private static int one(String state, String counter) {
    return state.equals(counter) ? 1 : 0;
  }
}
