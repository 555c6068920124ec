package org.tocsin.broadcasts;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.broadcasts.GroupRepository.Closed;
import org.tocsin.broadcasts.GroupRepository.Tally;
import org.tocsin.channels.Outcome;
import org.tocsin.platform.crypto.LookupHash;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.DatabaseFailure;
import org.tocsin.platform.time.Duty;

/**
 * The groups that this node writes to: who wants nothing just now, on whichever node that was
 * heard, and how each broadcast goes with each of them.
 */
final class Groups implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Groups.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Beyond this all are forgotten and met anew: what counts of them is in the database. */
  private static final int MOST = 50_000;

  private static final String EMAIL = "email";

  private final Database courier;
  private final GroupRepository repository;
  private final KnockRepository knocks = new KnockRepository();
  private final LookupHash lookup;
  private final Map<String, Double> rates;
  private final Map<String, Group> known = new ConcurrentHashMap<>();
  private Map<Place, Tally> tallies = new HashMap<>();
  private volatile Map<Buffer, Closed> closed = Map.of();
  private volatile long heardAt = System.nanoTime() - LOOK.toNanos();
  private boolean unlimited;
  private @Nullable Duty duty;

  /** A group in a broadcast. */
  private record Place(long broadcast, Group group) {}

  /**
   * @param rates messages a second by mail domain, where the operator set one
   */
  Groups(Database courier, Sealer sealer, LookupHash lookup, Map<String, Double> rates) {
    this.courier = courier;
    this.repository = new GroupRepository(sealer);
    this.lookup = lookup;
    this.rates = Map.copyOf(rates);
  }

  void start() {
    duty = Duty.start("groups", LOOK, this::round);
  }

  /**
   * Hears which groups were closed elsewhere, unless that was heard just now: before the first is
   * written to, and each second while any is. Two who ask at once do no harm.
   */
  void hear() {
    long now = System.nanoTime();
    if (now - heardAt >= LOOK.toNanos()) {
      closed = repository.closed(courier);
      heardAt = now;
      if (!closed.isEmpty()) {
        known.values().forEach(this::closeAsHeard);
      }
    }
  }

  private Group closeAsHeard(Group group) {
    Closed heard = closed.get(group.hash());
    if (heard != null) {
      group.close(heard.lasts(), heard.why());
      group.takeStops(heard.takesStops());
    }
    return group;
  }

  Group ofMailDomain(String channel, String domain) {
    Double rate = rates.get(domain);
    return of(
        channel, domain, rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate), true);
  }

  Group ofEndpoint(String channel, String name, OptionalDouble perSecond) {
    return of(channel, name, perSecond, false);
  }

  /** All that leaves on it: closed while there is no way out. */
  Group ofChannel(String channel) {
    return of(channel, "channel:" + channel, OptionalDouble.empty(), true);
  }

  /** One object a group, or its tallies would be written twice and its closing heard by half. */
  private Group of(String channel, String name, OptionalDouble perSecond, boolean ofMany) {
    Group group = known.get(name);
    if (group != null && group.perSecond().equals(perSecond)) {
      return group;
    }
    if (known.size() > MOST) {
      known.clear();
    }
    return known.compute(
        name,
        (_, earlier) ->
            earlier != null && earlier.perSecond().equals(perSecond)
                ? earlier
                : meet(
                    new Group(channel, name, Buffer.buffer(lookup.of(name)), perSecond, ofMany),
                    earlier != null || perSecond.isPresent()));
  }

  /** What other nodes must know of it is written down before anybody waits for it. */
  private Group meet(Group group, boolean others) {
    if (others) {
      repository.limit(courier, group);
    }
    return closeAsHeard(group);
  }

  /**
   * Counts what came of a try, and closes for all nodes what asked for that: the group, or the
   * whole channel where nothing could be begun. Of a group of one the ledger says all there is to
   * count.
   *
   * @param first whether it was the first try
   */
  void observe(long broadcast, Group group, Outcome outcome, boolean first) {
    Group channel = ofChannel(group.channel());
    if (outcome instanceof Outcome.Unsent unsent) {
      block(channel, group, unsent);
      return;
    }
    if (group.isOfMany()) {
      synchronized (this) {
        tallies.merge(new Place(broadcast, group), Tally.of(outcome), Tally::plus);
      }
    }
    recovered(channel);
    if (outcome instanceof Outcome.Deferred deferred && SlowDown.asks(outcome)) {
      if (group.asksForPatience(deferred, first)) {
        Duration wait = SlowDown.wait(deferred.notBefore(), 0);
        close(group, deferred.notBefore(), wait, SlowDown.LONGEST, outcome.code());
      }
    } else {
      group.refusals().answered(System.nanoTime());
      if (outcome instanceof Outcome.Accepted) {
        recovered(group);
      }
    }
  }

  /** How slow a destination answers this node alone knows. */
  private void block(Group channel, Group group, Outcome.Unsent unsent) {
    switch (unsent.blocks()) {
      case NOTHING -> {}
      case DESTINATION -> group.close(SlowDown.SLOW, unsent.code());
      case CHANNEL ->
          close(
              channel,
              Optional.empty(),
              SlowDown.RELAY_FIRST,
              SlowDown.RELAY_LONGEST,
              unsent.code());
    }
  }

  private void close(
      Group group, Optional<Duration> wish, Duration wait, Duration longest, String why) {
    boolean news = group.closedFor(System.nanoTime()).isZero();
    group.close(wait, why);
    if (news) {
      Duration first = longest.equals(SlowDown.LONGEST) ? SlowDown.FIRST : wait;
      later(
          () ->
              repository
                  .close(courier, group, wish, first, longest, why)
                  .ifPresent(closed -> group.close(closed, why)));
    }
  }

  private void recovered(Group group) {
    if (group.closedFor(System.nanoTime()).isZero() && group.recovers()) {
      later(() -> repository.open(courier, group));
    }
  }

  /**
   * Whether a stop may ask this closed domain now whether it takes one: each does once at once, and
   * all of them together once a minute.
   */
  boolean knock(long stop, Pending pending, Group group) {
    Group.Knocker asks = new Group.Knocker(pending.segment(), pending.ord());
    if (group.isAskedBy(stop, asks)) {
      return true;
    }
    boolean turn = knocks.first(courier, stop, group.hash());
    if (turn) {
      group.ask(stop, asks);
    }
    return turn;
  }

  /**
   * What a closed domain says to a stop. Where it takes one, or only does not know the address, the
   * rest follow at once; where it asks for patience, they knock again later. Who never got as far
   * as its door has not knocked.
   */
  void observeStop(long stop, Group group, Outcome outcome) {
    group.answered(stop);
    if (!group.isOfMany() || !group.isClosed()) {
      return;
    }
    if (outcome instanceof Outcome.Unsent) {
      later(() -> knocks.giveBack(courier, stop, group.hash()));
      return;
    }
    boolean takes =
        outcome instanceof Outcome.Accepted
            || (outcome instanceof Outcome.Refused refused
                && refused.reason() == Outcome.Reason.NO_SUCH_ADDRESS);
    if (takes && !group.takesStops()) {
      group.takeStops(true);
      later(() -> knocks.taken(courier, group.hash()));
    } else if (SlowDown.asks(outcome) && group.takesStops()) {
      group.takeStops(false);
      later(() -> knocks.refused(courier, group.hash()));
    }
  }

  /** Outcomes are heard on event loops, where nobody waits for a database. */
  static void later(Runnable work) {
    Thread.ofVirtual()
        .name("group")
        .start(
            () -> {
              try {
                work.run();
              } catch (RuntimeException away) {
                log.atWarn().log("A group's state could not be written: {}", away.getMessage());
              }
            });
  }

  /** Writes the tallies. */
  boolean round() {
    unlimit();
    Map<Place, Tally> all = taken();
    if (!all.isEmpty()) {
      repository.add(
          courier,
          all.entrySet().stream()
              .map(
                  e ->
                      new GroupRepository.Row(
                          e.getKey().broadcast(), e.getKey().group(), e.getValue()))
              .toList());
    }
    return false;
  }

  /** At first: a domain that has no rate any more has none for those who wait already. */
  private void unlimit() {
    if (!unlimited) {
      repository.unlimit(
          courier,
          EMAIL,
          rates.keySet().stream().map(name -> Buffer.buffer(lookup.of(name))).toList());
      unlimited = true;
    }
  }

  private synchronized Map<Place, Tally> taken() {
    Map<Place, Tally> all = tallies;
    tallies = new HashMap<>();
    return all;
  }

  /** What is counted and not written is written, where there still is a database. */
  @Override
  public void close() {
    if (duty != null) {
      duty.close();
      try {
        round();
      } catch (DatabaseFailure away) {
        log.atWarn().log("The last tallies could not be written: {}", away.getMessage());
      }
    }
  }
}
