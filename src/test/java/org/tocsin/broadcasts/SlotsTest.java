package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private final Slots slots = new Slots(10);
  private final List<String> begun = new CopyOnWriteArrayList<>();

  /** Takes a slot until the test ends it. */
  private Promise<String> take(Lane lane, String name) {
    Promise<String> answer = Promise.promise();
    slots.take(
        lane,
        () -> {
          begun.add(name);
          return answer.future();
        });
    return answer;
  }

  private List<Promise<String>> fill(Lane lane, int many) {
    return new ArrayList<>(
        IntStream.rangeClosed(1, many).mapToObj(n -> take(lane, lane + " " + n)).toList());
  }

  @Test
  void noMoreAreUnderWayThanThereAreSlotsAndAFifthIsKept() {
    List<Promise<String>> bulk = fill(Lane.BULK, 12);
    assertThat(begun).hasSize(8);
    fill(Lane.URGENT, 3);
    assertThat(begun).hasSize(10).contains("URGENT 1", "URGENT 2").doesNotContain("URGENT 3");
    bulk.getFirst().complete("answered");
    eventually("the freed place is taken", () -> begun.size() == 11);
    assertThat(begun.getLast()).isEqualTo("URGENT 3");
  }

  @Test
  void aStopIsLetInBeforeTheAlertsThatWait() {
    List<Promise<String>> alerts = fill(Lane.URGENT, 12);
    slots.takeForStop(
        () -> {
          begun.add("STOP");
          return Promise.<String>promise().future();
        });
    assertThat(begun).hasSize(10).doesNotContain("STOP");
    alerts.getFirst().complete("answered");
    eventually("the freed place is taken", () -> begun.size() == 11);
    assertThat(begun.getLast()).isEqualTo("STOP");
  }

  @Test
  void whoeverWaitsIsLetInByLaneAndThenInOrder() {
    List<Promise<String>> bulk = fill(Lane.BULK, 8);
    fill(Lane.REPLAY, 1);
    fill(Lane.BULK, 2);
    fill(Lane.TRANSACTIONAL, 1);
    begun.clear();
    for (int freed = 0; freed < 4; freed++) {
      int more = freed + 1;
      bulk.get(freed).complete("answered");
      eventually("the freed place is taken", () -> begun.size() == more);
    }
    assertThat(begun).containsExactly("TRANSACTIONAL 1", "BULK 1", "BULK 2", "REPLAY 1");
  }

  @Test
  void aDeliveryThatFailsOrThrowsGivesItsSlotBack() {
    List<Future<String>> failed = new ArrayList<>();
    for (int n = 0; n < 100; n++) {
      failed.add(slots.take(Lane.BULK, () -> Future.failedFuture("no")));
      failed.add(
          slots.take(
              Lane.BULK,
              () -> {
                throw new IllegalStateException("no");
              }));
    }
    assertThat(failed).allMatch(Future::failed);
    fill(Lane.BULK, 8);
    assertThat(begun).hasSize(8);
  }

  @Test
  void whoWaitsForASlowAnswerHoldsUpNobodyAndNoMoreThanTwiceAsManyAreUnderWay() {
    AtomicLong now = new AtomicLong();
    Slots patient = new Slots(10, now::get);
    IntStream.range(0, 30)
        .forEach(
            n ->
                patient.take(
                    Lane.BULK,
                    () -> {
                      begun.add("" + n);
                      return Promise.promise().future();
                    }));
    assertThat(begun).hasSize(8);
    now.set(Slots.LONG_NANOS - 1);
    patient.letIn();
    assertThat(begun).hasSize(8);
    now.set(Slots.LONG_NANOS + 1);
    patient.letIn();
    assertThat(begun).hasSize(16);
    now.set(3 * Slots.LONG_NANOS);
    patient.letIn();
    assertThat(begun).hasSize(18);
  }
}
