package org.tocsin.publications;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.BroadcastOrder;
import org.tocsin.broadcasts.Lane;
import org.tocsin.broadcasts.OwnedBroadcasts;
import org.tocsin.network.EndpointAudience;
import org.tocsin.network.EventDraft;
import org.tocsin.network.EventType;
import org.tocsin.network.Events;
import org.tocsin.network.Scope;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.database.Tx;
import org.tocsin.release.ReleaseId;
import org.tocsin.subscribers.SubscriberAudience;

/** Sends a released issue on its ways, and calls it back. */
final class Distribution {
  private static final String EMAIL = "email";
  private static final String WEBHOOK = "webhook";
  private static final String KIND = "newsletter";

  /** A monthly letter that could not be delivered for three days is left to the archive. */
  private static final Duration TRY_FOR = Duration.ofDays(3);

  private final OwnedBroadcasts broadcasts;
  private final Events events;
  private final Settings settings;

  Distribution(OwnedBroadcasts broadcasts, Events events, Settings settings) {
    this.broadcasts = broadcasts;
    this.events = events;
    this.settings = settings;
  }

  /** Whom each channel may reach; part of the release. */
  static JsonObject everywhere(Draft draft) {
    return archiveOnly()
        .put(
            EMAIL,
            new JsonObject()
                .put("audience", SubscriberAudience.NAME)
                .put("selection", selection(draft)))
        .put(WEBHOOK, listeners(Scope.PUBLIC, EventType.NEWSLETTER_PUBLISHED));
  }

  static JsonObject archiveOnly() {
    return new JsonObject().put("archive", new JsonObject());
  }

  static JsonObject selection(Draft draft) {
    return SubscriberAudience.selection(draft.topics());
  }

  static JsonObject listeners(Scope scope, EventType type) {
    return new JsonObject().put("scope", scope.word()).put("type", type.word());
  }

  BroadcastId email(Tx tx, Draft draft, Pressed pressed, ReleaseId release, Instant visibleAt) {
    Map<String, JsonObject> content = new LinkedHashMap<>();
    pressed.letters().forEach((language, letter) -> content.put(language, letter.toJson()));
    return broadcasts.start(
        tx,
        new BroadcastOrder(
            Optional.of(release.value()),
            EMAIL,
            Lane.BULK,
            KIND,
            draft.month(),
            SubscriberAudience.NAME,
            selection(draft),
            content,
            BroadcastOrder.InDoubtPolicy.LIST,
            visibleAt,
            visibleAt.plus(TRY_FOR)));
  }

  /** To the endpoints, at its time; those who poll are told with {@link #tell}. */
  BroadcastId webhook(Tx tx, Draft draft, ReleaseId release, Instant visibleAt) {
    return events.send(
        tx,
        broadcasts,
        published(draft, visibleAt),
        Optional.of(release.value()),
        EndpointAudience.selection(Scope.PUBLIC, EventType.NEWSLETTER_PUBLISHED),
        visibleAt);
  }

  /** To those who poll, once it is public and not before: it stands there in plain words. */
  void tell(Tx tx, Draft draft, ReleaseId release, Instant visibleAt) {
    events.tell(tx, published(draft, visibleAt), Optional.of(release.value()), visibleAt);
  }

  private EventDraft published(Draft draft, Instant visibleAt) {
    return new EventDraft(
        Scope.PUBLIC,
        EventType.NEWSLETTER_PUBLISHED,
        draft.month(),
        new JsonObject()
            .put("month", draft.month())
            .put("subject", draft.subject())
            .put("url", settings.http().link(Newsletter.path(draft.month())))
            .put("published_at", visibleAt.toString()));
  }

  /** Somebody may have it. */
  boolean hasLeft(Tx tx, ReleaseId release) {
    return broadcasts.reached(tx, release.value()) > 0;
  }

  /**
   * What is not sent yet is not sent, and an event whose time has not come is forgotten.
   *
   * @return whether webhook endpoints were to be told of the release
   */
  boolean callBack(Tx tx, ReleaseId release) {
    events.recall(tx, release.value());
    return broadcasts.callBack(tx, release.value()).stream()
        .anyMatch(progress -> progress.channel().equals(WEBHOOK));
  }

  /** Those who show our items learn that this one is gone. */
  void tellWithdrawn(Tx tx, Draft draft, ReleaseId release, Instant now) {
    events.publish(
        tx,
        broadcasts,
        new EventDraft(
            Scope.PUBLIC,
            EventType.NEWSLETTER_WITHDRAWN,
            draft.month(),
            new JsonObject()
                .put("month", draft.month())
                .put("url", settings.http().link(Newsletter.path(draft.month())))
                .put("withdrawn_at", now.toString())),
        release.value(),
        now);
  }
}
