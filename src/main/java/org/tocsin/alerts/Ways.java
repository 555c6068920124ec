package org.tocsin.alerts;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.BroadcastOrder;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;
import org.tocsin.broadcasts.Lane;
import org.tocsin.broadcasts.OwnedBroadcasts;
import org.tocsin.broadcasts.Reached;
import org.tocsin.channels.email.MailContent;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.CorrespondentAudience;
import org.tocsin.correspondents.MemberSelection;
import org.tocsin.network.EndpointAudience;
import org.tocsin.network.EventDraft;
import org.tocsin.network.EventType;
import org.tocsin.network.Events;
import org.tocsin.network.Scope;
import org.tocsin.platform.database.Tx;
import org.tocsin.release.ReleaseId;
import org.tocsin.release.ReleaseOrder.Mode;

/** The ways a message leaves: thin letters to members, thin events to endpoints, both urgent. */
public final class Ways {
  /** Whose broadcasts they are. */
  public static final String OWNER = "alert";

  private static final String AUDIENCE = "audience";
  private static final String SELECTION = "selection";
  private static final Duration TRY_FOR = Duration.ofDays(3);

  final OwnedBroadcasts broadcasts;
  private final Events events;
  private final MemberSelection members;
  private final ThinPress press;

  /**
   * @param broadcasts all that carry alerts
   */
  public Ways(OwnedBroadcasts broadcasts, Events events, MemberSelection members, ThinPress press) {
    this.broadcasts = broadcasts;
    this.events = events;
    this.members = members;
    this.press = press;
  }

  /** Whom each channel may reach; part of the release. */
  JsonObject audience(Frozen frozen) {
    JsonObject audience =
        new JsonObject()
            .put(
                Sending.EMAIL,
                new JsonObject()
                    .put(AUDIENCE, CorrespondentAudience.NAME)
                    .put(SELECTION, letterReaders(frozen)));
    if (frozen.draft().webhook()) {
      EventType type =
          frozen.type() == AlertType.ALERT ? EventType.ALERT_ISSUED : EventType.ALERT_UPDATED;
      audience.put(
          Sending.WEBHOOK,
          new JsonObject()
              .put(AUDIENCE, EndpointAudience.NAME)
              .put(SELECTION, EndpointAudience.selection(Scope.NETWORK, type)));
    }
    return audience;
  }

  static JsonObject readers(MemberSelection members, Frozen frozen) {
    Set<Circle> circles = frozen.draft().circles();
    return frozen.country().isEmpty() ? members.of(circles) : members.of(circles, frozen.country());
  }

  /** Practice waits for nobody: it shows how fast everybody has it. */
  private JsonObject letterReaders(Frozen frozen) {
    JsonObject readers = readers(members, frozen);
    return frozen.mode() == Mode.ACTUAL && frozen.draft().urgency() != Urgency.IMMEDIATE
        ? members.notUrgent(readers, frozen.draft().actBy())
        : readers;
  }

  /** Starts what was released, held: nothing leaves before {@link #letGo}. */
  Map<String, BroadcastId> start(
      Tx tx, Alert alert, Frozen frozen, JsonObject audience, ReleaseId release, Instant at) {
    Map<String, BroadcastId> started = new LinkedHashMap<>();
    Optional<Long> number = Optional.of(release.value());
    JsonObject email = audience.getJsonObject(Sending.EMAIL).getJsonObject(SELECTION);
    started.put(
        Sending.EMAIL,
        broadcasts.start(tx, letters("alert", alert, frozen.letters(), number, email, at)));
    if (frozen.draft().webhook()) {
      JsonObject endpoints = audience.getJsonObject(Sending.WEBHOOK).getJsonObject(SELECTION);
      EventDraft event = press.event(alert.thin());
      started.put(Sending.WEBHOOK, events.send(tx, broadcasts, event, number, endpoints, at));
    }
    started.values().forEach(id -> broadcasts.hold(tx, id));
    return started;
  }

  /**
   * The fixed text, to exactly those whom these sendings reached or may have reached.
   *
   * @param readers members who read of it in the portal, whether or not a letter reached them
   */
  Map<String, BroadcastId> startStop(
      Tx tx, Alert stop, List<Sending> stopped, List<Long> readers, Instant now) {
    Map<String, BroadcastId> started = new LinkedHashMap<>();
    List<BroadcastId> mails = ids(stopped, Sending.EMAIL);
    if (!mails.isEmpty()) {
      JsonObject reached = Reached.selection(mails, readers);
      started.put(
          Sending.EMAIL,
          broadcasts.start(
              tx,
              letters(
                  EventType.ALERT_STOPPED.word(),
                  stop,
                  press.letters(stop.thin()),
                  Optional.empty(),
                  reached,
                  now)));
    }
    List<BroadcastId> hooks = ids(stopped, Sending.WEBHOOK);
    if (!hooks.isEmpty()) {
      JsonObject reached = Reached.selection(hooks);
      started.put(
          Sending.WEBHOOK,
          events.send(tx, broadcasts, press.event(stop.thin()), Optional.empty(), reached, now));
    }
    return started;
  }

  private static List<BroadcastId> ids(List<Sending> sendings, String channel) {
    return sendings.stream()
        .filter(sending -> sending.channel().equals(channel))
        .map(Sending::broadcast)
        .toList();
  }

  private static BroadcastOrder letters(
      String kind,
      Alert alert,
      Map<String, MailContent> letters,
      Optional<Long> release,
      JsonObject selection,
      Instant at) {
    Map<String, JsonObject> content = new LinkedHashMap<>();
    letters.forEach((tag, letter) -> content.put(tag, letter.toJson()));
    return new BroadcastOrder(
        release,
        Sending.EMAIL,
        Lane.URGENT,
        kind,
        alert.chain().reference().text(),
        CorrespondentAudience.NAME,
        selection,
        content,
        InDoubtPolicy.RESEND,
        at,
        at.plus(TRY_FOR));
  }

  void letGo(Tx tx, List<Sending> sendings) {
    sendings.forEach(sending -> broadcasts.letGo(tx, sending.broadcast()));
  }

  /** Whether it is still to be sent, or can be {@link #renew renewed}. */
  boolean canStillGo(Tx tx, Sending sending) {
    return broadcasts.canStillGo(tx, sending.broadcast());
  }

  /** Opens what ended and reached nobody; see {@link OwnedBroadcasts#renew}. */
  boolean renew(Tx tx, List<Sending> sendings) {
    boolean renewed = false;
    for (Sending sending : sendings) {
      renewed |= broadcasts.renew(tx, sending.broadcast());
    }
    return renewed;
  }

  void hold(Tx tx, List<Sending> sendings) {
    sendings.forEach(sending -> broadcasts.hold(tx, sending.broadcast()));
  }

  /** Withholds all that is unsent, for good. */
  void stop(Tx tx, List<Sending> sendings) {
    sendings.forEach(sending -> broadcasts.stop(tx, sending.broadcast()));
  }

  /** What an endpoint of the network would be sent now. */
  String preview(Alert alert) {
    return events.preview(press.event(alert.thin()));
  }

  /** Tells those who poll; call it late in the transaction. */
  void tell(Tx tx, Alert alert, Instant now) {
    events.tell(tx, press.event(alert.thin()), alert.release().map(ReleaseId::value), now);
  }
}
