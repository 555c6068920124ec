package org.tocsin.network;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tocsin.audit.Audit;
import org.tocsin.channels.Outcome;
import org.tocsin.network.EndpointRepository.Listening;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.time.Duty;

/**
 * What deliveries do to their endpoint: a failure degrades it, a success recovers it, 410 disables
 * it at once, and so do five days of nothing but failures.
 *
 * <p>{@link #observe} is called for every try and only takes note; a duty of its own writes what
 * changed, so a busy endpoint costs one look a round. What a crash forgets, the next try tells.
 */
public final class EndpointHealth implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofDays(5);

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;
  private final EndpointRepository endpoints;
  private final Map<Long, Seen> seen = new ConcurrentHashMap<>();
  private @Nullable Duty duty;

  public EndpointHealth(Database database, Sealer sealer, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.endpoints = new EndpointRepository(new EndpointVault(sealer));
  }

  public void start() {
    duty = Duty.start("endpoint health", PERIOD, this::round);
  }

  /** Takes note of one try; neither waits nor throws. */
  public void observe(long endpoint, Outcome outcome) {
    Instant now = clock.instant();
    Seen one =
        switch (outcome) {
          case Outcome.Accepted _ -> new Seen(true, Optional.empty(), false);
          case Outcome.Deferred _ -> new Seen(false, Optional.of(now), false);
          case Outcome.InDoubt _ -> new Seen(false, Optional.of(now), false);
          // Nobody asked it anything.
          case Outcome.Unsent _ -> new Seen(false, Optional.empty(), false);
          case Outcome.Refused refused ->
              switch (refused.reason()) {
                case GONE -> new Seen(false, Optional.of(now), true);
                // Our own fault says nothing of the endpoint.
                case UNSENDABLE -> new Seen(false, Optional.empty(), false);
                case NO_SUCH_ADDRESS, POLICY, FORBIDDEN, OTHER ->
                    new Seen(false, Optional.of(now), false);
              };
        };
    seen.merge(endpoint, one, Seen::then);
    Duty present = duty;
    if (present != null && !one.succeeded) {
      present.ring();
    }
  }

  /**
   * What was seen of one endpoint since the last round.
   *
   * @param succeeded at least once
   * @param failingSince the first failure after the last success
   */
  private record Seen(boolean succeeded, Optional<Instant> failingSince, boolean gone) {
    Seen then(Seen later) {
      return new Seen(
          succeeded || later.succeeded,
          later.succeeded ? later.failingSince : failingSince.or(() -> later.failingSince),
          gone || later.gone);
    }

    /** Since when the endpoint has been failing, given since when it was known to. */
    Optional<Instant> failing(Optional<Instant> known) {
      return succeeded ? failingSince : known.or(() -> failingSince);
    }
  }

  /** Writes what changed; what could not be written is kept for the next round. */
  boolean round() {
    Map<Long, Seen> batch = new HashMap<>();
    for (Long endpoint : List.copyOf(seen.keySet())) {
      Seen taken = seen.remove(endpoint);
      if (taken != null) {
        batch.put(endpoint, taken);
      }
    }
    if (batch.isEmpty()) {
      return false;
    }
    try {
      for (Listening listening : endpoints.listening(database, batch.keySet())) {
        Seen taken = batch.get(listening.id().value());
        if (taken != null && changes(taken, listening.failingSince())) {
          database.inTransaction(tx -> settle(tx, listening.id(), taken));
        }
      }
    } catch (RuntimeException failure) {
      batch.forEach((endpoint, taken) -> seen.merge(endpoint, taken, (later, t) -> t.then(later)));
      throw failure;
    }
    return false;
  }

  private boolean changes(Seen taken, Optional<Instant> known) {
    return taken.gone
        || !taken.failing(known).equals(known)
        || known.filter(this::tooLong).isPresent();
  }

  private void settle(Tx tx, EndpointId id, Seen taken) {
    Optional<Endpoint> locked = endpoints.lock(tx, id).filter(e -> e.state().listens());
    if (locked.isEmpty()) {
      return;
    }
    Endpoint endpoint = locked.get();
    Instant now = clock.instant();
    Optional<Instant> failing = taken.failing(endpoint.failingSince());
    if (taken.gone) {
      disable(tx, id, DisabledReason.GONE, now);
    } else if (failing.filter(this::tooLong).isPresent()) {
      disable(tx, id, DisabledReason.FAILING, now);
    } else if (failing.isEmpty() && endpoint.failingSince().isPresent()) {
      endpoints.recover(tx, id, now);
    } else if (failing.isPresent() && !failing.equals(endpoint.failingSince())) {
      endpoints.degrade(tx, id, failing.get(), now);
    }
  }

  private boolean tooLong(Instant failingSince) {
    return !failingSince.plus(PATIENCE).isAfter(clock.instant());
  }

  private void disable(Tx tx, EndpointId id, DisabledReason reason, Instant now) {
    endpoints.disable(tx, id, reason, now);
    audit.record(
        tx,
        "system",
        "endpoint.disabled",
        id.subject(),
        new JsonObject().put("reason", reason.name()));
  }

  @Override
  public void close() {
    Duty present = duty;
    if (present != null) {
      present.close();
    }
    round();
  }
}
