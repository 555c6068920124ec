package org.tocsin.network;

import static org.tocsin.network.Scope.NETWORK;
import static org.tocsin.network.Scope.PUBLIC;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The catalogue of events. */
public enum EventType {
  NEWSLETTER_PUBLISHED("newsletter.published", PUBLIC),
  NEWSLETTER_WITHDRAWN("newsletter.withdrawn", PUBLIC),
  EVENT_ANNOUNCED("event.announced", PUBLIC),
  EVENT_CHANGED("event.changed", PUBLIC),
  EVENT_CANCELLED("event.cancelled", PUBLIC),
  BULLETIN_PUBLISHED("bulletin.published", PUBLIC),
  BULLETIN_CORRECTED("bulletin.corrected", PUBLIC),
  BULLETIN_WITHDRAWN("bulletin.withdrawn", PUBLIC),
  DEVELOPMENT_PUBLISHED("development.published", PUBLIC),
  DEVELOPMENT_CORRECTED("development.corrected", PUBLIC),
  DEVELOPMENT_WITHDRAWN("development.withdrawn", PUBLIC),
  CAMPAIGN_OPENED("campaign.opened", PUBLIC),
  CAMPAIGN_UPDATED("campaign.updated", PUBLIC),
  CAMPAIGN_CLOSED("campaign.closed", PUBLIC),
  STATISTICS_PUBLISHED("statistics.published", PUBLIC),
  ALERT_ISSUED("alert.issued", NETWORK),
  ALERT_UPDATED("alert.updated", NETWORK),
  ALERT_STOPPED("alert.stopped", NETWORK);

  /** Not to be listened to: it goes to one endpoint, when somebody asks for it. */
  static final String TEST = "endpoint.test";

  private final String word;
  private final Scope scope;

  EventType(String word, Scope scope) {
    this.word = word;
    this.scope = scope;
  }

  public String word() {
    return word;
  }

  /** The widest scope it is published in. */
  public Scope scope() {
    return scope;
  }

  public static Optional<EventType> of(String word) {
    return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
  }

  /** What an endpoint of this scope may listen to; the network's may hear the public ones too. */
  public static List<EventType> offeredIn(Scope scope) {
    return Arrays.stream(values())
        .filter(type -> scope == NETWORK || type.scope == PUBLIC)
        .toList();
  }
}
