package org.tocsin.broadcasts;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.broadcasts.Work.Standing;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.time.Duty;

/**
 * The broadcasts of which this node is sending something, each read once for all its runs. While
 * there are any, how they stand is looked at twice a second and at each doorbell, so that a pause,
 * a cancel and a STOP are heard within a second with the bus dead.
 */
final class Underway implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Database courier;
  private final Bus bus;
  private final WorkRepository works;
  private final Map<Long, Shared> open = new HashMap<>();
  private @Nullable Watch watch;

  /** A broadcast and how many runs hold it. */
  private static final class Shared {
    private final Work work;
    private int runs;

    Shared(Work work) {
      this.work = work;
    }
  }

  private record Watch(Duty duty, Bus.Subscription doorbell) {}

  Underway(Database courier, Sealer sealer, Bus bus) {
    this.courier = courier;
    this.works = new WorkRepository(new ContentRepository(sealer));
    this.bus = bus;
  }

  void start() {
    var duty = Duty.start("underway", LOOK, this::look);
    watch = new Watch(duty, bus.on(BroadcastNews.TOPIC, news -> duty.ring()));
  }

  /** The broadcast, as it stands now; {@link #release} it when the run ends. */
  Work hold(long broadcast) {
    synchronized (this) {
      Shared shared = open.get(broadcast);
      if (shared != null) {
        shared.runs++;
        return shared.work;
      }
    }
    Work fresh =
        works
            .find(courier, broadcast)
            .orElseThrow(() -> new IllegalStateException("no broadcast " + broadcast));
    synchronized (this) {
      Shared shared = open.computeIfAbsent(broadcast, anyhow -> new Shared(fresh));
      shared.runs++;
      return shared.work;
    }
  }

  synchronized void release(Work work) {
    Shared shared = open.get(work.id().value());
    if (shared != null && --shared.runs == 0) {
      open.remove(work.id().value());
    }
  }

  /** Asks how all of them stand. */
  boolean look() {
    Set<Long> ids = ids();
    if (!ids.isEmpty()) {
      tell(works.standing(courier, ids));
    }
    return false;
  }

  private synchronized Set<Long> ids() {
    return Set.copyOf(open.keySet());
  }

  private synchronized void tell(Map<Long, Standing> now) {
    now.forEach(
        (id, standing) -> {
          Shared shared = open.get(id);
          if (shared != null) {
            shared.work.stands(standing);
          }
        });
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.doorbell().end();
      watch.duty().close();
    }
  }
}
