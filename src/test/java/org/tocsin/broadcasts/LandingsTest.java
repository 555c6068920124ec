package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LandingsTest {
  private final Landings landings = new Landings();

  @Test
  void takesNoMoreThanABatchAndLeavesTheRestInTheirOrder() {
    IntStream.range(0, 5).mapToObj(LandingsTest::landing).forEach(landings::add);
    assertThat(ords(landings.take(3))).containsExactly(0, 1, 2);
    assertThat(ords(landings.take(3))).containsExactly(3, 4);
  }

  @Test
  void comesBackWithNoneWhereNobodyLands() {
    assertThat(landings.take(3)).isEmpty();
  }

  @Test
  void waitsForNobodyWhereABatchIsFullOrNobodyIsUnderWay() {
    landings.add(landing(0));
    Thread.currentThread().interrupt(); // whoever waits now fails
    try {
      assertThat(ords(landings.take(1))).containsExactly(0);
      assertThat(landings.take(0)).isEmpty();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void losesNobodyWhoLandsWhileABatchIsTaken() throws InterruptedException {
    int each = 100_000;
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> loops =
        IntStream.range(0, 4)
            .mapToObj(loop -> Thread.ofPlatform().start(() -> land(start, loop * each, each)))
            .toList();
    start.countDown();
    List<Integer> taken = new ArrayList<>(untilNobodyLands());
    for (Thread loop : loops) {
      loop.join();
    }
    taken.addAll(untilNobodyLands());
    assertThat(new HashSet<>(taken)).hasSize(4 * each).hasSameSizeAs(taken);
  }

  private List<Integer> untilNobodyLands() {
    List<Integer> taken = new ArrayList<>();
    for (List<Landing> batch = landings.take(64); !batch.isEmpty(); batch = landings.take(64)) {
      taken.addAll(ords(batch));
    }
    return taken;
  }

  private void land(CountDownLatch start, int from, int many) {
    try {
      start.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    IntStream.range(from, from + many).mapToObj(LandingsTest::landing).forEach(landings::add);
  }

  private static Landing landing(int ord) {
    return new Landing.Stayed(new Pending(0, ord, 0, ord, Map.of(), 0, false, false, false));
  }

  private static List<Integer> ords(List<Landing> batch) {
    return batch.stream().map(landing -> landing.pending().ord()).toList();
  }
}
