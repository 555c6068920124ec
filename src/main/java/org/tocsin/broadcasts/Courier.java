package org.tocsin.broadcasts;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.broadcasts.Settlement.Result;
import org.tocsin.broadcasts.Settlement.WaitsFor;
import org.tocsin.channels.Channel;
import org.tocsin.channels.Destination;
import org.tocsin.channels.Envelope;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Plate;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.DatabaseFailure;

/**
 * Makes recipients ready and sends them on their way. Consent and suppression are asked here, at
 * the moment of sending, whatever the snapshot said.
 */
final class Courier {
  private static final Logger log = LoggerFactory.getLogger(Courier.class);

  /** Nobody is put off to the last moment: a first try may fail. */
  private static final Duration TO_SPARE = Duration.ofHours(1);

  /** What is not worth a way through the queue. */
  private static final Duration AT_ONCE = Duration.ofMillis(50);

  /** After so many an alert's next step may come between, where all cores are busy. */
  private static final int PRINTS_AT_A_TIME = 8;

  private final Database database;
  private final Groups groups;
  private final SuppressionRepository suppressions = new SuppressionRepository();
  private final Map<String, Audience> audiences;
  private final Map<String, Channel> channels;
  private final Map<String, Slots> slots;
  private final OpaqueIds ids;
  private final InstantSource clock;

  Courier(
      Database database,
      List<Audience> audiences,
      Map<Channel, Integer> channels,
      Groups groups,
      OpaqueIds ids,
      InstantSource clock) {
    this.database = database;
    this.groups = groups;
    this.ids = ids;
    this.clock = clock;
    this.audiences = new HashMap<>();
    audiences.forEach(audience -> this.audiences.put(audience.name(), audience));
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
    Audience audience = audience(work);
    Map<Long, Addressee> addressees = reach(audience, work, batch);
    Map<Buffer, String> suppressed = suppressed(addressees);
    List<Ready> ready = new ArrayList<>(batch.size());
    for (Pending pending : batch) {
      if (work.lane() != Lane.URGENT && ready.size() % PRINTS_AT_A_TIME == 0) {
        Thread.yield();
      }
      ready.add(prepare(work, pending, addressees.get(pending.target()), suppressed, since));
    }
    return ready;
  }

  /**
   * One recipient who cannot be opened must not hold up the others: then each is asked for alone.
   */
  private Map<Long, Addressee> reach(Audience audience, Work work, List<Pending> batch) {
    try {
      return audience.reach(
          database,
          work.selection(),
          batch.stream().map(p -> new Audience.Recipient(p.target(), p.holes())).toList());
    } catch (DatabaseFailure away) {
      throw away;
    } catch (RuntimeException poison) {
      if (batch.size() > 1) {
        Map<Long, Addressee> each = new HashMap<>();
        batch.forEach(pending -> each.putAll(reach(audience, work, List.of(pending))));
        return each;
      }
      log.atError()
          .addKeyValue("broadcast", work.id().value())
          .setCause(poison)
          .log("A recipient cannot be opened");
      return Map.of(batch.getFirst().target(), new Addressee.Broken());
    }
  }

  private Ready prepare(
      Work work,
      Pending pending,
      @Nullable Addressee addressee,
      Map<Buffer, String> suppressed,
      long since) {
    return switch (addressee) {
      case null -> suppress(pending, "gone");
      case Addressee.Broken broken -> failed(pending, "unsendable");
      case Addressee.Unreachable unreachable -> suppress(pending, unreachable.reason());
      case Addressee.Reachable reachable ->
          suppression(reachable, suppressed)
              .map(reason -> suppress(pending, reason))
              .orElseGet(() -> admit(work, pending, reachable, since));
      case Addressee.Later later ->
          mayWait(work, pending, later.until())
                  && suppression(later.otherwise(), suppressed).isEmpty()
              ? new Ready.Settled(
                  pending,
                  Settlement.later(
                      pending, WaitsFor.HOUR, Duration.between(clock.instant(), later.until())))
              : prepare(work, pending, later.otherwise(), suppressed, since);
    };
  }

  /** Once, whatever the clock says when the hour has come. */
  private boolean mayWait(Work work, Pending pending, Instant until) {
    return !pending.queued()
        && until.isAfter(clock.instant())
        && until.isBefore(work.expiresAt().minus(TO_SPARE));
  }

  /** Waits where the group wants nothing yet, or lets in one after the other. */
  private Ready admit(Work work, Pending pending, Addressee.Reachable reachable, long since) {
    Group group = group(work, pending, reachable.destination());
    Duration closed = group.closedFor(System.nanoTime());
    boolean waits =
        closed.compareTo(AT_ONCE) > 0 || (group.perSecond().isPresent() && !pending.letIn());
    return waits
        ? new Ready.Settled(pending, Settlement.waits(pending, group, closed))
        : print(work, pending, reachable, group, since);
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

  private static Optional<String> suppression(
      Addressee.Reachable reachable, Map<Buffer, String> suppressed) {
    return Arrays.stream(reachable.suppressionHashes())
        .map(hash -> suppressed.get(Buffer.buffer(hash)))
        .filter(Objects::nonNull)
        .findFirst()
        .map(reason -> reason.toLowerCase(Locale.ROOT));
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

  private Map<Buffer, String> suppressed(Map<Long, Addressee> addressees) {
    List<Buffer> hashes = new ArrayList<>();
    for (Addressee addressee : addressees.values()) {
      byte[][] own =
          switch (addressee) {
            case Addressee.Reachable reachable -> reachable.suppressionHashes();
            case Addressee.Later later -> later.otherwise().suppressionHashes();
            case Addressee.Unreachable _, Addressee.Broken _ -> new byte[0][];
          };
      Arrays.stream(own).map(Buffer::buffer).forEach(hashes::add);
    }
    return hashes.isEmpty() ? Map.of() : suppressions.find(database, hashes);
  }

  private Audience audience(Work work) {
    Audience audience = audiences.get(work.audience());
    if (audience == null) {
      throw new IllegalStateException("nobody knows the audience " + work.audience());
    }
    return audience;
  }

  /** Leaves when its lane and its channel have a place; what comes of it is told once. */
  Departure depart(Work work, Ready.ToSend ready, Consumer<Landing> landed) {
    Departure departure =
        new Departure(work, ready, outcome -> judge(work, ready, outcome), landed);
    Objects.requireNonNull(slots.get(work.channel())).take(work.lane(), departure::leave);
    return departure;
  }

  private Settlement judge(Work work, Ready.ToSend ready, Outcome outcome) {
    Pending pending = ready.pending();
    audience(work).observe(pending.target(), outcome);
    groups.observe(work.id().value(), ready.group(), outcome);
    return Judgement.of(work, pending, outcome, ThreadLocalRandom.current().nextDouble());
  }
}
