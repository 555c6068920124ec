package org.tocsin.web;

import io.vertx.ext.web.RoutingContext;
import org.tocsin.access.Session;
import org.tocsin.access.StaffMember;

/** Who asks, as the guard found them. */
public final class Visitor {
  private Visitor() {}

  /** The member of staff behind a request that passed the guard. */
  public static StaffMember staff(RoutingContext ctx) {
    return session(ctx).staff();
  }

  public static Session session(RoutingContext ctx) {
    return Guard.session(ctx)
        .orElseThrow(() -> new IllegalStateException("the route has no guard"));
  }

  /**
   * The network a request comes from, for caps: the address itself, or what a trusted proxy says of
   * it. Never logged.
   */
  public static String source(RoutingContext ctx) {
    String forwarded = ctx.get(TrustedProxies.SOURCE);
    if (forwarded != null) {
      return forwarded;
    }
    var remote = ctx.request().remoteAddress();
    return remote == null || remote.hostAddress() == null ? "unknown" : remote.hostAddress();
  }
}
