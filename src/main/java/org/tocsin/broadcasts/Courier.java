package org.tocsin.broadcasts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tocsin.broadcasts.Settlement.Result;
import org.tocsin.broadcasts.Settlement.WaitsFor;
import org.tocsin.channels.Channel;
import org.tocsin.channels.Destination;
import org.tocsin.channels.Envelope;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Plate;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.database.Database;

/**
 * Makes recipients ready and sends them on their way. {@link Reachability} is asked at that moment,
 * whatever the snapshot said.
 */
final class Courier {
  /** Nobody is put off to the last moment: a first try may fail. */
  private static final Duration TO_SPARE = Duration.ofHours(1);

  /** After so many an alert's next step may come between, where all cores are busy. */
  private static final int PRINTS_AT_A_TIME = 8;

  private final Groups groups;
  private final RefusalAlarm alarm;
  private final Admission admission;
  private final Reachability reachability;
  private final Map<String, Channel> channels;
  private final Map<String, Slots> slots;
  private final OpaqueIds ids;
  private final InstantSource clock;

  Courier(
      Database database,
      List<Audience> audiences,
      Map<Channel, Integer> channels,
      Groups groups,
      RefusalAlarm alarm,
      OpaqueIds ids,
      InstantSource clock) {
    this.reachability = new Reachability(database, audiences);
    this.groups = groups;
    this.alarm = alarm;
    this.admission = new Admission(groups);
    this.ids = ids;
    this.clock = clock;
    this.channels = new HashMap<>();
    this.slots = new HashMap<>();
    channels.forEach(
        (channel, most) -> {
          this.channels.put(channel.name(), channel);
          this.slots.put(channel.name(), new Slots(most));
        });
  }

  /** In the same order. Nothing has left yet, whatever this throws. */
  @SuppressWarnings("ThreadPriorityCheck") // nothing depends on the yield but an alert's haste
  List<Ready> prepare(Work work, List<Pending> batch) {
    long since = System.nanoTime();
    if (clock.instant().isAfter(work.expiresAt())) {
      return batch.stream().map(pending -> failed(pending, "expired")).toList();
    }
    groups.hear();
    Map<Long, Addressee> addressees = reachability.ask(work, batch);
    List<Ready> ready = new ArrayList<>(batch.size());
    for (Pending pending : batch) {
      if (work.lane() != Lane.URGENT && ready.size() % PRINTS_AT_A_TIME == 0) {
        Thread.yield();
      }
      ready.add(prepare(work, pending, addressees.get(pending.target()), since));
    }
    return ready;
  }

  private Ready prepare(Work work, Pending pending, @Nullable Addressee addressee, long since) {
    return switch (addressee) {
      case null -> suppress(pending, "gone");
      case Addressee.Broken broken -> failed(pending, "unsendable");
      case Addressee.Unreachable unreachable -> suppress(pending, unreachable.reason());
      case Addressee.Reachable reachable -> admit(work, pending, reachable, since);
      case Addressee.Later later ->
          mayWait(work, pending, later.until())
              ? new Ready.Settled(
                  pending,
                  Settlement.later(
                      pending, WaitsFor.HOUR, Duration.between(clock.instant(), later.until())))
              : admit(work, pending, later.otherwise(), since);
    };
  }

  /** Once, whatever the clock says when the hour has come. */
  private boolean mayWait(Work work, Pending pending, Instant until) {
    return !pending.queued()
        && until.isAfter(clock.instant())
        && until.isBefore(work.expiresAt().minus(TO_SPARE));
  }

  /** Waits where there is no way out, or {@link Admission} says so of the group. */
  private Ready admit(Work work, Pending pending, Addressee.Reachable reachable, long since) {
    Group group = group(work, pending, reachable.destination());
    return admission
        .putOff(work, pending, group)
        .<Ready>map(waits -> new Ready.Settled(pending, waits))
        .orElseGet(() -> print(work, pending, reachable, group, since));
  }

  private Group group(Work work, Pending pending, Destination destination) {
    return switch (destination) {
      case Destination.Mailbox(String address) ->
          groups.ofMailDomain(
              work.channel(),
              address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT));
      case Destination.Endpoint endpoint ->
          groups.ofEndpoint(
              work.channel(), work.audience() + ":" + pending.target(), endpoint.perSecond());
    };
  }

  private Ready print(
      Work work, Pending pending, Addressee.Reachable reachable, Group group, long since) {
    Channel channel = channels.get(work.channel());
    Optional<Plate> plate =
        channel == null ? Optional.empty() : work.plate(channel, reachable.language());
    if (plate.isEmpty()) {
      return failed(pending, "no content");
    }
    Map<String, String> holes = new LinkedHashMap<>(reachable.holes());
    pending.holes().forEach(holes::putIfAbsent);
    Envelope envelope =
        new Envelope(
            deliveryId(ids, work.id(), pending.segment(), pending.ord()),
            reachable.destination(),
            holes);
    return new Ready.ToSend(pending, plate.get().print(envelope), group, since);
  }

  /** Stable over every try: the Message-ID's local part. */
  static String deliveryId(OpaqueIds ids, BroadcastId broadcast, int segment, int ord) {
    return ids.encode("delivery", broadcast.value(), segment << 10 | ord);
  }

  private static Ready suppress(Pending pending, String reason) {
    return settled(pending, Result.SUPPRESSED, reason);
  }

  private static Ready failed(Pending pending, String reason) {
    return settled(pending, Result.FAILED, reason);
  }

  private static Ready settled(Pending pending, Result result, String reason) {
    return new Ready.Settled(
        pending, Settlement.end(pending.ord(), result, reason, pending.tries(), pending.inDoubt()));
  }

  /** Leaves when its lane and its channel have a place; what comes of it is told once. */
  Departure depart(Work work, Ready.ToSend ready, Consumer<Landing> landed) {
    Departure departure =
        new Departure(work, ready, outcome -> judge(work, ready, outcome), landed);
    Slots places = Objects.requireNonNull(slots.get(work.channel()));
    if (work.isStop()) {
      places.takeForStop(departure::leave);
    } else {
      places.take(work.lane(), departure::leave);
    }
    return departure;
  }

  /** Where all places were taken by who waits for a slow answer, others go on beside them. */
  void look() {
    slots.values().forEach(Slots::letIn);
  }

  private Settlement judge(Work work, Ready.ToSend ready, Outcome outcome) {
    Pending pending = ready.pending();
    reachability.audience(work).observe(pending.target(), outcome);
    groups.observe(work.id().value(), ready.group(), outcome, pending.tries() == 0);
    if (work.isStop()) {
      groups.observeStop(work.id().value(), ready.group(), outcome);
    }
    alarm.heard(work, outcome);
    return Judgement.of(
        work,
        pending,
        ready.group(),
        groups.ofChannel(work.channel()),
        outcome,
        ThreadLocalRandom.current().nextDouble());
  }
}
