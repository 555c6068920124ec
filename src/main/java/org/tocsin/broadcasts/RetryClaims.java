package org.tocsin.broadcasts;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.tocsin.broadcasts.RetryRepository.Held;
import org.tocsin.broadcasts.RetryRepository.Queue;
import org.tocsin.platform.database.Database;

/**
 * Claims what is due in the retry queue of one channel: as much as there are places for, and of who
 * waits for a group as many as its rate lets in, the urgent first and stops before them. A group
 * that is closed is not looked at, but for a stop that knocks.
 */
final class RetryClaims {
  /** Rows claimed at once: few where there are few, so that they hold no places for nothing. */
  private static final int FEW = 8;

  private static final int MANY = 64;

  /** Beyond this all are forgotten: what was drawn for them and not used is lost. */
  private static final int MANY_GROUPS = 10_000;

  /** Rows parked at once; a STOP may have to wait for so many. */
  private static final int PARKED = 5_000;

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** A group that is let in more often than this gets more at a time. */
  private static final Duration SOONEST = Duration.ofMillis(50);

  private final Database database;
  private final RetryRepository retries;
  private final KnockRepository knocks = new KnockRepository();
  private final String channel;
  private final Passage passage;
  private final Map<Buffer, Throttle> lines = new HashMap<>();
  private int atOnce = FEW;
  private Duration next = Duration.ZERO;
  private long parkAt = System.nanoTime();

  RetryClaims(Database database, RetryRepository retries, String channel, Passage passage) {
    this.database = database;
    this.retries = retries;
    this.channel = channel;
    this.passage = passage;
  }

  /**
   * What a claim may leave in doubt takes its places first.
   *
   * @param most how long until the next claim anyway
   */
  List<Held> claim(UUID owner, Duration most) {
    next = most;
    park();
    if (lines.size() > MANY_GROUPS) {
      lines.clear();
    }
    Map<Queue, Integer> room = new LinkedHashMap<>();
    List<Held> claimed = List.of();
    try {
      for (Queue queue : retries.due(database, channel)) {
        room.put(queue, take(queue));
      }
      room.values().removeIf(places -> places == 0);
      claimed = room.isEmpty() ? List.of() : retries.claim(database, channel, room, owner);
    } finally {
      claimed.forEach(held -> room.merge(held.queue(), -1, Integer::sum));
      room.forEach(this::putBack);
    }
    atOnce = claimed.size() < atOnce ? FEW : MANY;
    return claimed;
  }

  /** Whoever waits of a paused broadcast must not be looked through at each claim. */
  private void park() {
    if (System.nanoTime() - parkAt >= 0) {
      boolean more = retries.park(database, channel, PARKED);
      parkAt = System.nanoTime() + (more ? 0 : LOOK_NANOS);
      next = more ? SOONEST : next;
    }
  }

  /** How long until somebody may be let in who had to wait in this claim. */
  Duration next() {
    return next;
  }

  private int take(Queue queue) {
    int allowed = allowed(queue);
    int places =
        queue.ordinary() ? passage.take(queue.lane(), allowed, 0) : passage.takeForStop(allowed, 0);
    if (keepsRate(queue)) {
      line(queue).putBack(allowed - places);
    }
    return places;
  }

  /** One stop alone asks a closed group whether it takes them. */
  private int allowed(Queue queue) {
    if (queue.knocks()) {
      return knocks.again(database, queue.group()) ? 1 : 0;
    }
    if (!keepsRate(queue)) {
      return atOnce;
    }
    Throttle line = line(queue);
    int allowed = line.take(atOnce, queue.perSecond().getAsDouble());
    hasten(line.untilUsable());
    return allowed;
  }

  private static boolean keepsRate(Queue queue) {
    return queue.perSecond().isPresent() && !queue.knocks();
  }

  private void hasten(Duration wait) {
    Duration then = wait.compareTo(SOONEST) < 0 ? SOONEST : wait;
    next = then.compareTo(next) < 0 ? then : next;
  }

  private void putBack(Queue queue, int places) {
    passage.stayed(queue.lane(), places);
    passage.giveBack(queue.lane(), places);
    if (keepsRate(queue)) {
      line(queue).putBack(places);
    }
  }

  private Throttle line(Queue queue) {
    return lines.computeIfAbsent(
        queue.group(),
        hash -> new Throttle(database, "grp:" + HexFormat.of().formatHex(hash.getBytes())));
  }
}
