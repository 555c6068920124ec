package org.tocsin.alerts;

import org.tocsin.broadcasts.Audience;
import org.tocsin.correspondents.MemberSelection;
import org.tocsin.network.EndpointAudience;
import org.tocsin.network.EventType;
import org.tocsin.network.Scope;
import org.tocsin.platform.database.Database;

/** How many a message would reach just now. */
public final class AlertReach {
  private final Database database;
  private final Audience members;
  private final Audience endpoints;
  private final MemberSelection selections;

  public AlertReach(
      Database database, Audience members, Audience endpoints, MemberSelection selections) {
    this.database = database;
    this.members = members;
    this.endpoints = endpoints;
    this.selections = selections;
  }

  public record Numbers(long members, long endpoints) {}

  public Numbers of(Frozen message) {
    return new Numbers(
        members.count(database, Ways.readers(selections, message)),
        message.draft().webhook()
            ? endpoints.count(
                database, EndpointAudience.selection(Scope.NETWORK, EventType.ALERT_ISSUED))
            : 0);
  }
}
