package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.publications.NewsletterId;
import org.tocsin.web.Params;

/** Issues and their broadcasts as their pages' addresses name them. */
record NewsletterIds(OpaqueIds ids) {
  private static final String NEWSLETTER = "newsletter";

  String show(NewsletterId id) {
    return ids.encode(NEWSLETTER, id.value());
  }

  String showBroadcast(BroadcastId id) {
    return ids.encode("broadcast", id.value());
  }

  NewsletterId read(RoutingContext ctx) {
    return read(Params.path(ctx, "id"));
  }

  NewsletterId read(String shown) {
    return ids.decode(NEWSLETTER, shown)
        .map(NewsletterId::new)
        .orElseThrow(() -> new NotFound(NEWSLETTER));
  }

  String path(NewsletterId id) {
    return "/desk/newsletters/" + show(id);
  }
}
