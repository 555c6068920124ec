package org.tocsin.web;

import io.vertx.ext.web.RoutingContext;
import org.tocsin.platform.errors.HubException.Forbidden;

/** A browser tells where a form comes from; what comes from elsewhere is refused. */
public final class SameOrigin {
  private SameOrigin() {}

  public static void require(RoutingContext ctx) {
    String site = ctx.request().getHeader("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw new Forbidden("cross_site", "This form was sent from another site.");
    }
  }
}
