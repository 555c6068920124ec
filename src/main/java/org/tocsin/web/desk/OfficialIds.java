package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import org.tocsin.officials.OfficialId;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.web.Params;

/** Officials as their pages' addresses name them: no log of addresses tells whom we write to. */
record OfficialIds(OpaqueIds ids) {
  private static final String OFFICIAL = "official";

  OfficialId read(RoutingContext ctx) {
    return ids.decode(OFFICIAL, Params.path(ctx, "id"))
        .map(OfficialId::new)
        .orElseThrow(() -> new NotFound(OFFICIAL));
  }

  String path(OfficialId id) {
    return "/desk/officials/" + ids.encode(OFFICIAL, id.value());
  }
}
