package org.tocsin.broadcasts;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether somebody may be tried now, as far as their channel and group have a say: there may be no
 * way out, or the group may want nothing yet, or let in one after the other.
 *
 * <p>Invariant: a stop waits for nobody's throttle. An endpoint gets its first try at once,
 * whatever rate it allows and whatever it wished; a mail domain gets it at whatever rate the
 * operator set, and where it is closed one recipient knocks for all. What else closes a group one
 * day, a circuit that opens, is passed in the same way. No other message passes. Where there is no
 * way out at all, which is looked at again within a minute, a stop waits like everybody, and is the
 * first.
 */
final class Admission {
  /** What is not worth a way through the queue. */
  private static final Duration AT_ONCE = Duration.ofMillis(50);

  private final Groups groups;

  Admission(Groups groups) {
    this.groups = groups;
  }

  /** How they wait; empty where they may be tried. */
  Optional<Settlement> putOff(Work work, Pending pending, Group group) {
    Group channel = groups.ofChannel(work.channel());
    Duration blocked = channel.closedFor(System.nanoTime());
    if (blocked.compareTo(AT_ONCE) > 0) {
      return Optional.of(Settlement.stranded(pending, channel, blocked, channel.why()));
    }
    Duration closed = group.closedFor(System.nanoTime());
    boolean isClosed = closed.compareTo(AT_ONCE) > 0;
    boolean waits = isClosed || (group.perSecond().isPresent() && !pending.letIn());
    if (!waits || (work.isStop() && passes(work, pending, group, isClosed))) {
      return Optional.empty();
    }
    // Who waits to knock must be found whenever somebody may.
    boolean mayKnock = work.isStop() && group.isOfMany();
    return Optional.of(Settlement.waits(pending, group, mayKnock ? Duration.ZERO : closed));
  }

  private boolean passes(Work stop, Pending pending, Group group, boolean isClosed) {
    if (!group.isOfMany()) {
      return pending.tries() == 0;
    }
    return !isClosed
        || pending.letIn()
        || group.takesStops()
        || groups.knock(stop.id().value(), pending, group);
  }
}
