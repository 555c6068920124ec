package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.calls.CallId;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.web.Params;

/** Calls as their pages' addresses name them. */
record CallIds(OpaqueIds ids) {
  private static final String CALL = "call";

  CallId read(RoutingContext ctx) {
    return ids.decode(CALL, Params.path(ctx, "id"))
        .map(CallId::new)
        .orElseThrow(() -> new NotFound(CALL));
  }

  String path(CallId id) {
    return "/desk/calls/" + ids.encode(CALL, id.value());
  }

  String broadcastPath(BroadcastId id) {
    return "/desk/broadcasts/" + ids.encode("broadcast", id.value());
  }
}
