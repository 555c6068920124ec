package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import org.tocsin.filings.FilingId;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.web.Params;

/** Filings as their pages' addresses name them. */
record FilingIds(OpaqueIds ids) {
  private static final String FILING = "filing";

  FilingId read(RoutingContext ctx) {
    return ids.decode(FILING, Params.path(ctx, "id"))
        .map(FilingId::new)
        .orElseThrow(() -> new NotFound(FILING));
  }

  String path(FilingId id) {
    return "/desk/filings/" + ids.encode(FILING, id.value());
  }
}
