package org.tocsin.broadcasts;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.tocsin.channels.Outcome;

/**
 * What shares limits and fate: a mail domain, an endpoint, or all that leaves on one channel. Here
 * as one node knows it; what all nodes must know stands in {@code engine.grp}.
 */
final class Group {
  private final String channel;
  private final String name;
  private final Buffer hash;
  private final OptionalDouble perSecond;
  private final boolean ofMany;

  /** By {@link System#nanoTime}. */
  private volatile long closedUntil = System.nanoTime();

  private volatile boolean struck;
  private volatile String why = "";
  private final RefusalRate refusals = new RefusalRate(System.nanoTime());

  /** Though it is closed. */
  private volatile boolean takesStops;

  /** Of each stop the recipient whose turn it is to ask, until an answer is there. */
  private final Map<Long, Knocker> knockers = new ConcurrentHashMap<>();

  record Knocker(int segment, int ord) {}

  /**
   * @param perSecond as the operator or the endpoint wants it; empty for no limit
   * @param ofMany whether there may be several recipients in it
   */
  Group(String channel, String name, Buffer hash, OptionalDouble perSecond, boolean ofMany) {
    this.channel = channel;
    this.name = name;
    this.hash = hash;
    this.perSecond = perSecond;
    this.ofMany = ofMany;
  }

  String channel() {
    return channel;
  }

  String name() {
    return name;
  }

  Buffer hash() {
    return hash;
  }

  OptionalDouble perSecond() {
    return perSecond;
  }

  boolean isOfMany() {
    return ofMany;
  }

  /** Whether those who wait for it stand in a queue of its own. Of one alone its hour is enough. */
  boolean letsIn() {
    return ofMany || perSecond.isPresent();
  }

  /** How long it wants nothing yet; zero where it is open. */
  Duration closedFor(long nanoTime) {
    return Duration.ofNanos(Math.max(0, closedUntil - nanoTime));
  }

  /** With what it was closed last, in a few words. */
  String why() {
    return why;
  }

  RefusalRate refusals() {
    return refusals;
  }

  /** A group of one has nobody else to ask. */
  boolean asksForPatience(Outcome.Deferred answer, boolean first) {
    boolean ofItsOwn = first && !answer.code().startsWith("421");
    return !ofMany || refusals.refused(ofItsOwn, System.nanoTime());
  }

  boolean isClosed() {
    return closedFor(System.nanoTime()).isPositive();
  }

  /** Also where it had to be made ready anew before it left. */
  boolean isAskedBy(long stop, Knocker one) {
    return one.equals(knockers.get(stop));
  }

  void ask(long stop, Knocker one) {
    knockers.put(stop, one);
  }

  void answered(long stop) {
    knockers.remove(stop);
  }

  boolean takesStops() {
    return takesStops;
  }

  void takeStops(boolean takes) {
    takesStops = takes;
  }

  void close(Duration wait, String because) {
    if (!isClosed()) {
      takesStops = false;
    }
    struck = true;
    why = because;
    long until = System.nanoTime() + Math.min(wait.toNanos(), TimeUnit.DAYS.toNanos(1));
    if (until - closedUntil > 0) {
      closedUntil = until;
    }
  }

  /** True once, when something is taken again after it was closed. */
  boolean recovers() {
    boolean was = struck;
    struck = false;
    return was;
  }
}
