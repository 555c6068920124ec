package org.tocsin.broadcasts;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.DatabaseFailure;

/**
 * What must be free before anything leaves on one channel: places of the node's {@link Window}, and
 * of the rate that all nodes together keep. Alerts and letters to one person do not wait for the
 * rate; what they used the others wait for. The others' lanes stand in a line each, so that none
 * takes another's turn.
 */
final class Passage {
  private static final Logger log = LoggerFactory.getLogger(Passage.class);
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Database courier;
  private final String channel;
  private final Window window;
  private final Supplier<OptionalDouble> rate;
  private final Map<Lane, Throttle> lines = new EnumMap<>(Lane.class);

  /**
   * @param rate places a second, as it is now; empty for no limit
   */
  Passage(Database courier, String channel, Window window, Supplier<OptionalDouble> rate) {
    this.courier = courier;
    this.channel = channel;
    this.window = window;
    this.rate = rate;
    for (Lane lane : Lane.values()) {
      lines.put(lane, new Throttle(courier, "channel:" + channel));
    }
  }

  /** Through the same window and at the same rate, in lines of its own. */
  Passage beside() {
    return new Passage(courier, channel, window, rate);
  }

  /**
   * How many of so many may leave now.
   *
   * @param settling see {@link Window#take}
   */
  int take(Lane lane, int wanted, int settling) {
    OptionalDouble perSecond = rate.get();
    if (wanted == 0 || perSecond.isEmpty() || goesFirst(lane)) {
      return window.take(channel, lane, wanted, settling);
    }
    int allowed = line(lane).take(wanted, perSecond.getAsDouble());
    int places = window.take(channel, lane, allowed, settling);
    line(lane).putBack(allowed - places);
    return places;
  }

  /** The same for a stop, for which alerts leave some. */
  int takeForStop(int wanted, int settling) {
    return wanted == 0 ? 0 : window.takeForStop(channel, wanted, settling);
  }

  /** Of what was taken, so many did not leave: others may at once. */
  void stayed(Lane lane, int many) {
    if (rate.get().isPresent() && !goesFirst(lane)) {
      line(lane).putBack(many);
    }
  }

  /** So many left. */
  void left(Lane lane, int many) {
    OptionalDouble perSecond = rate.get();
    if (many > 0 && perSecond.isPresent() && goesFirst(lane)) {
      spend(lane, many, perSecond.getAsDouble());
    }
  }

  /** These places nobody needs any more. */
  void giveBack(Lane lane, int places) {
    window.giveBack(channel, lane, places);
  }

  private void spend(Lane lane, int places, double perSecond) {
    try {
      line(lane).spend(places, perSecond);
    } catch (DatabaseFailure away) {
      log.atWarn().log("What went first is not counted in the rate: {}", away.getMessage());
    }
  }

  /** Returns when there may be a place, or after a while. */
  void await(Lane lane) {
    if (rate.get().isPresent() && !goesFirst(lane)) {
      LockSupport.parkNanos(Math.min(line(lane).untilUsable().toNanos(), PATIENCE_NANOS));
    }
    window.awaitPlace(channel, lane);
  }

  private static boolean goesFirst(Lane lane) {
    return lane == Lane.URGENT || lane == Lane.TRANSACTIONAL;
  }

  private Throttle line(Lane lane) {
    return Objects.requireNonNull(lines.get(lane));
  }
}
