package org.tocsin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.Progress.State;

/** Nodes that tell one another news, are cut off from one another, and are restarted in turn. */
interface ClusterCases {
  int BEFORE_NODES_DIE = NodeCases.LAST - 100;
  int SO_MANY = Integer.getInteger("rolling", 100_000);

  ChaosScene scene();

  @Test
  @Order(BEFORE_NODES_DIE)
  default void aReleaseOnOneNodeRingsOnTheOther() {
    scene().node(2);
    Sending first = scene().release();
    first.await("they hear one another", () -> nodes(1) == 2 && nodes(2) == 2);
    first.awaitCompleted();
    double heard = heardElsewhere(2);
    Sending sending = scene().release();
    sending.await("the other is told", () -> heardElsewhere(2) > heard);
    sending.awaitCompleted();
    sending.verdict("two nodes that hear one another", 0).leavesNoDoubt();
  }

  @Test
  @Order(BEFORE_NODES_DIE + 1)
  default void cutOffFromOneAnotherTheyKeepEveryPromise() {
    Sending sending = sentByAll(2);
    scene().links.cut();
    try {
      sending.await("each is alone", () -> nodes(1) == 1 && nodes(2) == 1);
      assertThat(sending.ledger().pending()).as("it was cut in the middle").isPositive();
      sending.press("pause");
      nothingLeavesAfterASecond(sending);
      assertThat(sending.leased()).isZero();
      sending.press("resume");
      sending.awaitCompleted();
      sending.verdict("the cluster is split, paused meanwhile", 0).leavesNoDoubt();
      Sending stopped = sentByAll(2);
      stopped.stop();
      nothingLeavesAfterASecond(stopped);
      stopped.awaitEnd(State.STOPPED);
      stopped.verdict("the cluster is split, STOP", 0).leavesNoDoubt();
    } finally {
      scene().links.mend();
    }
  }

  @Test
  @Order(BEFORE_NODES_DIE + 2)
  default void restartedInTurnTheyMissAndDoubleNobody() {
    restartInTurn(2, 100, "rolling restart of two");
  }

  /** Without hurry: the nodes look for one another again by themselves. */
  @Test
  @Tag("long")
  @Order(BEFORE_NODES_DIE + 3)
  default void whoWasCutOffIsFoundAgain() {
    Sending sending = sentByAll(2);
    scene().links.cut();
    sending.await("each is alone", () -> nodes(1) == 1 && nodes(2) == 1);
    scene().links.mend();
    sending.await("they are together", () -> nodes(1) == 2 && nodes(2) == 2);
    sending.awaitCompleted();
    sending.verdict("the cluster is split and mended", 0).leavesNoDoubt();
    double heard = heardElsewhere(2);
    Sending next = scene().release();
    next.await("news crosses again", () -> heardElsewhere(2) > heard);
    next.awaitCompleted();
  }

  @Test
  @Tag("long")
  @Order(BEFORE_NODES_DIE + 4)
  default void restartedInTurnDuringAHundredThousandTheyMissAndDoubleNobody() {
    scene().readers.growTo(SO_MANY);
    restartInTurn(Links.NODES, SO_MANY / 200, "rolling restart of three, " + SO_MANY);
  }

  private void restartInTurn(int nodes, int perSecond, String name) {
    Sending sending = sentByAll(nodes, perSecond);
    for (int node = 1; node <= nodes; node++) {
      scene().node(node).stop();
      scene().node(node);
      sending.await("all are at work again", () -> sending.owners() == nodes);
    }
    assertThat(sending.ledger().pending()).as("all restarted in the middle").isPositive();
    scene().faults(new JsonObject());
    sending.awaitCompleted();
    Verdict verdict = sending.verdict(name, 0).leavesNoDoubt();
    assertThat(List.of(verdict.sent(), verdict.missing())).containsExactly(sending.due, 0);
  }

  private Sending sentByAll(int nodes) {
    return sentByAll(nodes, 700);
  }

  private Sending sentByAll(int nodes, int perSecond) {
    for (int node = 2; node <= nodes; node++) {
      scene().node(node);
    }
    scene().readers.wake(true);
    scene().faults(new JsonObject().put("per_second", perSecond));
    Sending sending = scene().release();
    sending.await("all are at work", () -> sending.owners() == nodes);
    return sending;
  }

  private static void nothingLeavesAfterASecond(Sending sending) {
    long ended = System.nanoTime();
    sending.await("a moment", () -> System.nanoTime() - ended > TimeUnit.SECONDS.toNanos(2));
    assertThat(sending.receipts().after(ended + TimeUnit.SECONDS.toNanos(1))).isZero();
  }

  /** How many hear one another, as that node sees it. */
  private double nodes(int number) {
    return scene().node(number).metric("tocsin_cluster_nodes");
  }

  private double heardElsewhere(int number) {
    return scene().node(number).metric("tocsin_news_elsewhere_total");
  }
}
