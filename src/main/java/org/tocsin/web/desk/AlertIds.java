package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import org.tocsin.alerts.AlertId;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.cases.CaseId;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.web.Params;

/** Alerts, and what they go with, as their pages' addresses name them. */
record AlertIds(OpaqueIds ids) {
  private static final String ALERT = "alert";

  AlertId read(RoutingContext ctx) {
    return ids.decode(ALERT, Params.path(ctx, "id"))
        .map(AlertId::new)
        .orElseThrow(() -> new NotFound(ALERT));
  }

  String path(AlertId id) {
    return "/desk/alerts/" + ids.encode(ALERT, id.value());
  }

  String casePath(CaseId id) {
    return new CaseIds(ids).path(id);
  }

  String broadcastPath(BroadcastId id) {
    return "/desk/broadcasts/" + ids.encode("broadcast", id.value());
  }
}
