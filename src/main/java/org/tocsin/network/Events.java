package org.tocsin.network;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.BroadcastOrder;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;
import org.tocsin.broadcasts.Lane;
import org.tocsin.broadcasts.OwnedBroadcasts;
import org.tocsin.channels.webhook.EventContent;
import org.tocsin.channels.webhook.WebhookChannel;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Invalid;

/**
 * Publishes events and lets those who poll read them in order.
 *
 * <p>Invariant of {@link #after}: an event is never inserted before one that somebody has read. A
 * publisher takes the scope's counter before it reads the clock and keeps it until its commit; a
 * reader takes it too, so it sees all that was published until then, and what comes later is
 * visible later. Two seconds are left for clocks of different nodes that differ.
 */
public final class Events {
  private static final Duration SETTLED = Duration.ofSeconds(2);

  /** The whole schedule of tries (76 h), with all its jitter. */
  private static final Duration LONGEST_DELIVERY = Duration.ofDays(4);

  private final Database database;
  private final OpaqueIds ids;
  private final InstantSource clock;
  private final EventRepository events = new EventRepository();

  public Events(Database database, OpaqueIds ids, InstantSource clock) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Publishes in the transaction of the release: nobody hears of it before {@code visibleAt}. Call
   * it late in the transaction: until the commit nobody else publishes in its scope.
   *
   * @param own of whoever publishes
   */
  public BroadcastId publish(
      Tx tx, OwnedBroadcasts own, EventDraft draft, long release, Instant visibleAt) {
    Instant visible = tell(tx, draft, Optional.of(release), visibleAt);
    JsonObject everybody = EndpointAudience.selection(draft.scope(), draft.type());
    return send(tx, own, draft, Optional.of(release), everybody, visible);
  }

  /**
   * Only for those who poll. Call it late in the transaction, as {@link #publish}.
   *
   * @return when it becomes visible
   */
  public Instant tell(Tx tx, EventDraft draft, Optional<Long> release, Instant visibleAt) {
    long number = events.number(tx, draft.scope());
    Instant now = clock.instant();
    Instant visible = (visibleAt.isAfter(now) ? visibleAt : now).truncatedTo(ChronoUnit.MICROS);
    JsonObject body = new JsonObject(body(draft, visible));
    events.insert(tx, draft.scope(), number, draft.type(), visible, body, release);
    return visible;
  }

  /**
   * Only to the endpoints: one broadcast.
   *
   * @param own of whoever sends
   * @param release none for a stop, which goes only to whom a release reached
   * @param selection of {@link EndpointAudience}
   */
  public BroadcastId send(
      Tx tx,
      OwnedBroadcasts own,
      EventDraft draft,
      Optional<Long> release,
      JsonObject selection,
      Instant visible) {
    String word = draft.type().word();
    String body = body(draft, visible);
    String id = ids.encode("webhook." + draft.scope().word(), body);
    return own.start(
        tx,
        new BroadcastOrder(
            release,
            WebhookChannel.NAME,
            draft.scope() == Scope.PUBLIC ? Lane.BULK : Lane.URGENT,
            word,
            draft.title(),
            EndpointAudience.NAME,
            selection,
            Map.of("", new EventContent(id, word, body).toJson()),
            InDoubtPolicy.RESEND,
            visible,
            visible.plus(LONGEST_DELIVERY)));
  }

  /** What an endpoint would be sent if it were published now. */
  public String preview(EventDraft draft) {
    return body(draft, clock.instant());
  }

  private static String body(EventDraft draft, Instant visible) {
    JsonObject data = draft.data().copy().put("references", new JsonArray(draft.references()));
    return EventBody.of(draft.type().word(), visible, data);
  }

  /** Forgets what the release would have told later; nobody can have read it. */
  public void recall(Tx tx, long release) {
    events.recall(tx, release, clock.instant());
  }

  /** What became visible after the event that is the cursor, in order; the first without one. */
  public List<Event> after(Scope scope, Optional<String> cursor, int limit) {
    Optional<Long> number = cursor.map(given -> number(scope, given));
    return database.transaction(
        tx -> {
          events.awaitPublishers(tx, scope);
          Instant until = clock.instant().minus(SETTLED);
          if (number.isPresent() && !events.isVisible(tx, scope, number.get(), until)) {
            throw unknown();
          }
          return number
              .map(last -> events.after(tx, scope, last, until, limit))
              .orElseGet(() -> events.first(tx, scope, until, limit))
              .stream()
              .map(kept -> event(scope, kept))
              .toList();
        });
  }

  private Event event(Scope scope, EventRepository.Kept kept) {
    return new Event(ids.encode(kind(scope), kept.number()), scope, kept.visibleAt(), kept.body());
  }

  private long number(Scope scope, String cursor) {
    return ids.decode(kind(scope), cursor).orElseThrow(Events::unknown);
  }

  private static String kind(Scope scope) {
    return "event." + scope.word();
  }

  private static Invalid unknown() {
    return new Invalid("after", "This is not a cursor of this list");
  }
}
