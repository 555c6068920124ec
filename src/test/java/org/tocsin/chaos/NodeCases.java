package org.tocsin.chaos;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tocsin.testing.HubProcess;

/**
 * Several nodes over one database; one of them sleeps past its lease, or dies. They come last: the
 * others have one node.
 */
interface NodeCases {
  int LAST = Integer.MAX_VALUE;

  ChaosScene scene();

  @Test
  @Order(LAST - 2)
  default void aNodeThatSleepsPastItsLeaseDoesNoHarmWhenItWakes() {
    Sending sending = sentByTwo();
    HubProcess sleeper = scene().node(2);
    sleeper.freeze();
    try {
      scene().leases.expireOfTheSilent(sending);
      sending.await("the other takes over", () -> sending.ledger().inDoubt() > 0);
    } finally {
      sleeper.thaw();
    }
    sending.await("it wakes", () -> sleeper.output().contains("The lease of a segment was lost"));
    sending.awaitCompleted();
    sending.verdict("SIGSTOP past the lease", 1).holdsAfterKills();
  }

  @Test
  @Order(LAST - 1)
  default void whatADeadNodeHadTheOtherTakesOver() {
    Sending sending = sentByTwo();
    scene().node(2).kill();
    scene().leases.expireOfTheSilent(sending);
    sending.awaitCompleted();
    sending.verdict("two nodes, one killed", 1).holdsAfterKills();
  }

  private Sending sentByTwo() {
    scene().node(2);
    scene().readers.wake(true);
    scene().faults(new JsonObject().put("per_second", 1_500));
    Sending sending = scene().release();
    sending.await("both are at work", () -> sending.owners() == 2);
    sending.awaitReceived(sending.due / 4);
    return sending;
  }

  /** With the lease's real 30 seconds. */
  @Test
  @Tag("long")
  @Order(LAST)
  default void ofThreeNodesTwoMayDie() {
    scene().node(2);
    scene().node(3);
    scene().readers.wake(true);
    scene().faults(ChaosScene.slow());
    Sending sending = scene().release();
    sending.await("all are at work", () -> sending.owners() == 3);
    sending.awaitReceived(sending.due / 4);
    scene().node(2).kill();
    sending.awaitReceived(sending.due / 2);
    scene().node(3).kill();
    sending.awaitCompleted();
    sending.verdict("three nodes, two killed", 2).holdsAfterKills();
  }
}
