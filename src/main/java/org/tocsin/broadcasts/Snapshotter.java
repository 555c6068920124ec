package org.tocsin.broadcasts;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.broadcasts.SnapshotRepository.Due;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.time.Duty;

/** Freezes audiences chunk by chunk; sending starts with the first chunk. */
public final class Snapshotter implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(2);

  /** The first is small, so that sending starts at once. */
  private static final int FIRST_CHUNK = SnapshotRepository.SEGMENT;

  /** Multiples of a segment, so that only the last segment of a broadcast is short. */
  private static final int CHUNK = 50 * SnapshotRepository.SEGMENT;

  private final Database database;
  private final Bus bus;
  private final Map<String, Audience> audiences = new HashMap<>();
  private final SnapshotRepository snapshots = new SnapshotRepository();
  private @Nullable Duty duty;
  private Bus.@Nullable Subscription doorbell;

  public Snapshotter(Database database, Bus bus, List<Audience> audiences) {
    this.database = database;
    this.bus = bus;
    audiences.forEach(audience -> this.audiences.put(audience.name(), audience));
  }

  public void start() {
    Duty started = Duty.start("snapshot", POLL, this::round);
    duty = started;
    doorbell = bus.on(BroadcastNews.TOPIC, news -> started.ring());
  }

  /** One chunk of one broadcast; true when there was one. */
  public boolean round() {
    return database.transaction(
        tx -> {
          var due = snapshots.next(tx);
          due.ifPresent(
              found -> {
                Audience audience = audience(found);
                int chunk = found.segments() == 0 ? FIRST_CHUNK : CHUNK;
                List<Long> targets =
                    audience.membersAfter(tx, found.selection(), found.after(), chunk);
                boolean last = targets.size() < chunk;
                snapshots.append(tx, found, targets, last);
                tx.afterCommit(
                    () -> bus.publish(BroadcastNews.TOPIC, new BroadcastNews(found.id())));
              });
          return due.isPresent();
        });
  }

  private Audience audience(Due due) {
    Audience audience = audiences.get(due.audience());
    if (audience == null) {
      throw new IllegalStateException("nobody knows the audience " + due.audience());
    }
    return audience;
  }

  @Override
  public void close() {
    if (doorbell != null) {
      doorbell.end();
    }
    if (duty != null) {
      duty.close();
    }
  }
}
