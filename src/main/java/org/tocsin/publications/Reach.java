package org.tocsin.publications;

import org.tocsin.broadcasts.Audience;
import org.tocsin.network.EventType;
import org.tocsin.network.Scope;
import org.tocsin.platform.database.Database;

/** How many would get an issue if it were released now. */
public final class Reach {
  private final Database database;
  private final Audience subscribers;
  private final Audience endpoints;

  public Reach(Database database, Audience subscribers, Audience endpoints) {
    this.database = database;
    this.subscribers = subscribers;
    this.endpoints = endpoints;
  }

  /** Readers by e-mail and endpoints by webhook. */
  public record Numbers(long readers, long endpoints) {}

  public Numbers of(Draft draft) {
    return new Numbers(
        subscribers.count(database, Distribution.selection(draft)),
        endpoints.count(
            database, Distribution.listeners(Scope.PUBLIC, EventType.NEWSLETTER_PUBLISHED)));
  }
}
