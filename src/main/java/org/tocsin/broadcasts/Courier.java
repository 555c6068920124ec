package org.tocsin.broadcasts;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.broadcasts.Settlement.Result;
import org.tocsin.channels.Channel;
import org.tocsin.channels.Envelope;
import org.tocsin.channels.Outcome;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.DatabaseFailure;

/**
 * Takes recipients to their channel and turns what happens into settlements. Consent and
 * suppression are asked here, at the moment of sending, whatever the snapshot said.
 */
final class Courier {
  private static final Logger log = LoggerFactory.getLogger(Courier.class);

  /** Nobody is put off to the last moment: a first try may fail. */
  private static final Duration TO_SPARE = Duration.ofHours(1);

  private final Database database;
  private final SegmentRepository segments;
  private final Map<String, Audience> audiences;
  private final Map<String, Channel> channels;
  private final Map<String, Slots> slots;
  private final OpaqueIds ids;
  private final InstantSource clock;

  Courier(
      Database database,
      SegmentRepository segments,
      List<Audience> audiences,
      Map<Channel, Integer> channels,
      OpaqueIds ids,
      InstantSource clock) {
    this.database = database;
    this.segments = segments;
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

  /** One future a recipient; none fails. */
  List<Future<Settlement>> deliver(Work work, List<Pending> batch) {
    if (clock.instant().isAfter(work.expiresAt())) {
      return batch.stream()
          .map(
              p ->
                  Future.succeededFuture(
                      Settlement.end(p.ord(), Result.FAILED, "expired", p.tries(), p.inDoubt())))
          .toList();
    }
    Audience audience = audience(work);
    Map<Long, Addressee> addressees = reach(audience, work, batch);
    Map<Buffer, String> suppressed = suppressed(addressees);
    List<Future<Settlement>> settlements = new ArrayList<>(batch.size());
    for (Pending pending : batch) {
      settlements.add(
          deliver(work, audience, pending, addressees.get(pending.target()), suppressed));
    }
    return settlements;
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

  private Future<Settlement> deliver(
      Work work,
      Audience audience,
      Pending pending,
      @Nullable Addressee addressee,
      Map<Buffer, String> suppressed) {
    return switch (addressee) {
      case null -> Future.succeededFuture(suppress(pending, "gone"));
      case Addressee.Broken broken ->
          Future.succeededFuture(
              Settlement.end(
                  pending.ord(), Result.FAILED, "unsendable", pending.tries(), pending.inDoubt()));
      case Addressee.Unreachable unreachable ->
          Future.succeededFuture(suppress(pending, unreachable.reason()));
      case Addressee.Reachable reachable ->
          suppression(reachable, suppressed)
              .map(reason -> Future.succeededFuture(suppress(pending, reason)))
              .orElseGet(() -> send(work, audience, pending, reachable));
      case Addressee.Later later ->
          mayWait(work, pending, later.until())
                  && suppression(later.otherwise(), suppressed).isEmpty()
              ? Future.succeededFuture(putOff(pending, later.until()))
              : deliver(work, audience, pending, later.otherwise(), suppressed);
    };
  }

  /** Once, whatever the clock says when the hour has come. */
  private boolean mayWait(Work work, Pending pending, Instant until) {
    return !pending.queued()
        && until.isAfter(clock.instant())
        && until.isBefore(work.expiresAt().minus(TO_SPARE));
  }

  private Settlement putOff(Pending pending, Instant until) {
    return Settlement.later(pending, Duration.between(clock.instant(), until));
  }

  private static Optional<String> suppression(
      Addressee.Reachable reachable, Map<Buffer, String> suppressed) {
    return Arrays.stream(reachable.suppressionHashes())
        .map(hash -> suppressed.get(Buffer.buffer(hash)))
        .filter(Objects::nonNull)
        .findFirst()
        .map(reason -> reason.toLowerCase(Locale.ROOT));
  }

  private Future<Settlement> send(
      Work work, Audience audience, Pending pending, Addressee.Reachable reachable) {
    Channel channel = channels.get(work.channel());
    Optional<JsonObject> content = content(work, reachable.language());
    Slots places = slots.get(work.channel());
    if (channel == null || places == null || content.isEmpty()) {
      return Future.succeededFuture(
          Settlement.end(
              pending.ord(), Result.FAILED, "no content", pending.tries(), pending.inDoubt()));
    }
    Map<String, String> holes = new LinkedHashMap<>(reachable.holes());
    pending.holes().forEach(holes::putIfAbsent);
    Envelope envelope =
        new Envelope(
            deliveryId(ids, work.id(), pending.segment(), pending.ord()),
            content.get(),
            reachable.destination(),
            holes);
    return places
        .take(work.lane(), () -> handOver(channel, envelope))
        .otherwise(Courier::unsendable)
        .map(
            outcome -> {
              audience.observe(pending.target(), outcome);
              return Judgement.of(work, pending, outcome, ThreadLocalRandom.current().nextDouble());
            });
  }

  /** A channel answers with an outcome; one that throws instead has sent nothing. */
  private static Future<Outcome> handOver(Channel channel, Envelope envelope) {
    try {
      return channel.send(envelope);
    } catch (RuntimeException broken) {
      return Future.succeededFuture(unsendable(broken));
    }
  }

  private static Outcome unsendable(Throwable broken) {
    log.atError().setCause(broken).log("A channel failed where it should have answered");
    return new Outcome.Refused(
        "unsendable", broken.getClass().getSimpleName(), Outcome.Reason.UNSENDABLE);
  }

  /** Stable over every try: the Message-ID's local part. */
  static String deliveryId(OpaqueIds ids, BroadcastId broadcast, int segment, int ord) {
    return ids.encode("delivery", broadcast.value(), segment << 10 | ord);
  }

  private static Settlement suppress(Pending pending, String reason) {
    return Settlement.end(
        pending.ord(), Result.SUPPRESSED, reason, pending.tries(), pending.inDoubt());
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
    return hashes.isEmpty()
        ? Map.of()
        : segments.suppressed(database, hashes.toArray(Buffer[]::new));
  }

  private static Optional<JsonObject> content(Work work, String language) {
    return Optional.ofNullable(work.content().get(language))
        .or(() -> Optional.ofNullable(work.content().get("en")))
        .or(() -> work.content().values().stream().findFirst());
  }

  private Audience audience(Work work) {
    Audience audience = audiences.get(work.audience());
    if (audience == null) {
      throw new IllegalStateException("nobody knows the audience " + work.audience());
    }
    return audience;
  }
}
