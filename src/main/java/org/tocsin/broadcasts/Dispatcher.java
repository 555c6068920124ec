package org.tocsin.broadcasts;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
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
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final int RETRIES_AT_ONCE = 64;

  /**
   * Segments at once: times {@link SegmentRun#WINDOW} this is what a crash can leave in doubt in a
   * lane.
   */
  private static final Map<Lane, Integer> SEGMENTS =
      Map.of(Lane.URGENT, 4, Lane.TRANSACTIONAL, 16, Lane.BULK, 4, Lane.REPLAY, 1);

  private final String channel;
  private final Database database;
  private final SegmentRepository segments;
  private final RetryRepository retries;
  private final Courier courier;
  private final Bus bus;
  private final Map<Lane, LaneMeter> meters = new EnumMap<>(Lane.class);
  private final UUID owner = UUID.randomUUID();
  private final Map<Lane, AtomicInteger> busy = new EnumMap<>(Lane.class);
  private final AtomicInteger retrying = new AtomicInteger();
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
      Bus bus,
      MeterRegistry registry) {
    this.channel = channel;
    this.database = database;
    this.segments = segments;
    this.retries = retries;
    this.courier = courier;
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
    List<Claim> claims = segments.claim(database, channel, free(), owner);
    for (Claim claim : claims) {
      LaneMeter meter = meter(claim.lane());
      meter.claimed();
      go(
          places(claim.lane()),
          () -> new SegmentRun(database, segments, courier, claim, meter, () -> stopping).run());
    }
    int room = RETRIES_AT_ONCE - retrying.get();
    List<Held> held = room > 0 ? retries.claim(database, channel, room, owner) : List.of();
    for (Held row : held) {
      go(retrying, () -> new RetryRun(database, segments, retries, courier, this::meter).run(row));
    }
    return false;
  }

  private Map<Lane, Integer> free() {
    Map<Lane, Integer> free = new EnumMap<>(Lane.class);
    SEGMENTS.forEach((lane, most) -> free.put(lane, Math.max(0, most - places(lane).get())));
    return free;
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
   */
  private void go(AtomicInteger places, Runnable work) {
    places.incrementAndGet();
    running.register();
    Thread.ofVirtual()
        .name("deliver " + channel)
        .start(
            () -> {
              try {
                work.run();
                ring();
              } catch (Throwable failure) {
                log.atError()
                    .addKeyValue("channel", channel)
                    .setCause(failure)
                    .log("A delivery run failed; its lease will end");
              } finally {
                places.decrementAndGet();
                running.arriveAndDeregister();
              }
            });
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

  /** No more claims; what is in flight is finished and settled, what is unsent given back. */
  @Override
  public void close() {
    stopping = true;
    if (doorbell != null) {
      doorbell.end();
    }
    if (duty != null) {
      duty.close();
    }
    running.arriveAndAwaitAdvance();
  }
}
