package org.tocsin.broadcasts;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.broadcasts.RetryRepository.Held;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.time.Duty;

/**
 * Claims what is ready on one channel and sends it, each lane within its own number of segments at
 * once, so that an urgent alert never waits for a newsletter's segment to end.
 */
public final class Dispatcher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  /** Without a doorbell. An idle hub asks the database less than five times a second in all. */
  private static final Duration POLL = Duration.ofMillis(2_500);

  /** Segments at once; what they may have under way is the {@link Passage}'s to say. */
  private static final Map<Lane, Integer> SEGMENTS =
      Map.of(Lane.URGENT, 8, Lane.TRANSACTIONAL, 16, Lane.BULK, 3, Lane.REPLAY, 1);

  /** So many of a stop's beside all that alerts may have. */
  private static final int STOPS = 4;

  private final String channel;
  private final Database database;
  private final SegmentRepository segments;
  private final RetryRepository retries;
  private final Courier courier;
  private final Underway underway;
  private final Passage passage;
  private final RetryClaims retryClaims;
  private final Bus bus;
  private final Map<Lane, LaneMeter> meters = new EnumMap<>(Lane.class);
  private final UUID owner = UUID.randomUUID();
  private final Map<Lane, AtomicInteger> busy = new EnumMap<>(Lane.class);
  private final Phaser running = new Phaser(1);
  private volatile boolean stopping;
  private @Nullable Duty duty;
  private Bus.@Nullable Subscription doorbell;

  Dispatcher(
      String channel,
      Database database,
      SegmentRepository segments,
      RetryRepository retries,
      Courier courier,
      Underway underway,
      Passage passage,
      Bus bus,
      MeterRegistry registry) {
    this.channel = channel;
    this.database = database;
    this.segments = segments;
    this.retries = retries;
    this.courier = courier;
    this.underway = underway;
    this.passage = passage;
    this.retryClaims = new RetryClaims(database, retries, channel, passage.beside());
    this.bus = bus;
    for (Lane lane : Lane.values()) {
      busy.put(lane, new AtomicInteger());
      meters.put(lane, new LaneMeter(registry, channel, lane));
    }
  }

  public void start() {
    Duty started = Duty.start("dispatch " + channel, POLL, this::round);
    duty = started;
    doorbell = bus.on(BroadcastNews.TOPIC, news -> started.ring());
  }

  /** One round: claims what there are places for and sets it going. True when there may be more. */
  boolean round() {
    if (stopping) {
      return false;
    }
    courier.look();
    for (Claim claim : segments.claim(database, channel, free(), freeForStops(), owner)) {
      LaneMeter meter = meter(claim.lane());
      meter.claimed();
      AtomicInteger places = places(claim.lane());
      places.incrementAndGet();
      AtomicBoolean left = new AtomicBoolean();
      Runnable leave =
          () -> {
            if (left.compareAndSet(false, true)) {
              places.decrementAndGet();
              ring();
            }
          };
      go(
          claim.broadcast(),
          () -> {},
          leave,
          work ->
              new SegmentRun(
                      database,
                      segments,
                      courier,
                      passage,
                      claim,
                      work,
                      meter,
                      () -> stopping,
                      leave)
                  .run());
    }
    retryClaims.claim(owner, POLL).stream()
        .collect(Collectors.groupingBy(Held::broadcast))
        .values()
        .forEach(this::retry);
    Duty present = duty;
    if (present != null) {
      present.restAtMost(retryClaims.next());
    }
    return false;
  }

  private void retry(List<Held> rows) {
    Lane lane = rows.getFirst().lane();
    long broadcast = rows.getFirst().broadcast();
    RetryLedger ledger = new RetryLedger(database, retries, broadcast, meter(lane));
    AtomicInteger held = new AtomicInteger(rows.size());
    go(
        broadcast,
        () -> ledger.giveBack(rows),
        () -> over(lane, held.getAndSet(0)),
        work ->
            new RetryRun(
                    database,
                    segments,
                    ledger,
                    courier,
                    work,
                    () -> stopping,
                    settled -> over(lane, Math.min(settled, held.getAndAdd(-settled))),
                    RetryRun.RENEWAL)
                .run(rows));
  }

  private void over(Lane lane, int retried) {
    passage.giveBack(lane, retried);
    passage.left(lane, retried);
  }

  private Map<Lane, Integer> free() {
    Map<Lane, Integer> free = new EnumMap<>(Lane.class);
    SEGMENTS.forEach((lane, most) -> free.put(lane, Math.max(0, most - places(lane).get())));
    return free;
  }

  private int freeForStops() {
    int most = SEGMENTS.getOrDefault(Lane.URGENT, 0) + STOPS;
    return Math.clamp(most - places(Lane.URGENT).get(), 0, STOPS);
  }

  private AtomicInteger places(Lane lane) {
    AtomicInteger places = busy.get(lane);
    if (places == null) {
      throw new IllegalStateException("no lane " + lane);
    }
    return places;
  }

  private LaneMeter meter(Lane lane) {
    LaneMeter meter = meters.get(lane);
    if (meter == null) {
      throw new IllegalStateException("no lane " + lane);
    }
    return meter;
  }

  /**
   * Runs on a virtual thread of its own; what it throws is logged, and its lease brings the work
   * back.
   *
   * @param unbegun where the broadcast cannot even be read
   */
  private void go(long broadcast, Runnable unbegun, Runnable atEnd, Consumer<Work> run) {
    running.register();
    Thread.ofVirtual()
        .name("deliver " + channel)
        .start(
            () -> {
              boolean ended = false;
              try {
                Work work = hold(broadcast, unbegun);
                try {
                  run.accept(work);
                } finally {
                  underway.release(work);
                }
                ended = true;
              } catch (Throwable failure) {
                log.atError()
                    .addKeyValue("channel", channel)
                    .setCause(failure)
                    .log("A delivery run failed; its lease will end");
              } finally {
                atEnd.run();
                running.arriveAndDeregister();
              }
              if (ended) {
                ring();
              }
            });
  }

  private Work hold(long broadcast, Runnable unbegun) {
    try {
      return underway.hold(broadcast);
    } catch (RuntimeException away) {
      unbegun.run();
      throw away;
    }
  }

  private void ring() {
    Duty present = duty;
    if (present != null) {
      present.ring();
    }
  }

  /** Waits until nothing is under way; for tests that step by hand. */
  void awaitIdle() {
    running.arriveAndAwaitAdvance();
  }

  /** No more claims; what is claimed begins to be given back. */
  void stopClaiming() {
    stopping = true;
  }

  /** What is in flight is finished and settled, what is unsent given back. */
  @Override
  public void close() {
    stopClaiming();
    if (doorbell != null) {
      doorbell.end();
    }
    if (duty != null) {
      duty.close();
    }
    running.arriveAndAwaitAdvance();
  }
}
