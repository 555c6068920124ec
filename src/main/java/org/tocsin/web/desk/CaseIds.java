package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import org.tocsin.cases.CaseId;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.web.Params;

/**
 * Cases as their pages' addresses name them: not by the reference, which others know a case by, so
 * that no log of addresses tells who worked on which.
 */
record CaseIds(OpaqueIds ids) {
  private static final String CASE = "case";

  CaseId read(RoutingContext ctx) {
    return ids.decode(CASE, Params.path(ctx, "id"))
        .map(CaseId::new)
        .orElseThrow(() -> new NotFound(CASE));
  }

  String path(CaseId id) {
    return "/desk/cases/" + ids.encode(CASE, id.value());
  }
}
