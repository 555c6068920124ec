package org.tocsin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.Delivery;
import org.tocsin.chaos.Receipts.Receipt;
import org.tocsin.testing.FrontDoor;

/** Readers leave by their link while an issue is on its way. */
interface Leavers {
  long GRACE = TimeUnit.SECONDS.toNanos(2);

  ChaosScene scene();

  @Test
  default void whoeverLeftTwoSecondsAgoGetsNothing() {
    leaveWhileItIsSent(200);
  }

  @Test
  @Tag("long")
  default void ofAThousandWhoLeftTwoSecondsAgoNobodyGetsAnything() {
    leaveWhileItIsSent(1_000);
  }

  private void leaveWhileItIsSent(int many) {
    scene().faults(ChaosScene.slow());
    Sending sending = scene().release();
    sending.awaitReceived(1);
    List<Long> readers = scene().readers.some(many);
    FrontDoor door = scene().desk().door();
    Map<Long, Long> left = new HashMap<>();
    try {
      for (Long reader : readers) {
        scene().readers.leave(door, reader);
        left.put(reader, System.nanoTime());
      }
      sending.awaitCompleted();
      Verdict verdict = sending.verdict(many + " unsubscribe meanwhile", 0).leavesNoDoubt();
      assertThat(sending.due - verdict.sent()).as("spared").isPositive();
      Receipts got = sending.receipts();
      for (Delivery delivery : sending.deliveries()) {
        Long gone = left.get(delivery.target());
        Receipt receipt = got.byId().get(delivery.id());
        if (gone != null && receipt != null) {
          assertThat(receipt.firstNanos() - gone).as("so long after leaving").isLessThan(GRACE);
        }
      }
    } finally {
      scene().readers.bringBack(readers);
    }
  }
}
