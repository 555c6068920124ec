package org.tocsin.web;

import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Believes X-Forwarded-For only from the proxies an operator named. */
record TrustedProxies(List<String> addresses) {
  static final String SOURCE = "tocsin.source";

  void note(RoutingContext ctx) {
    var remote = ctx.request().remoteAddress();
    String forwarded = ctx.request().getHeader("X-Forwarded-For");
    if (remote != null && forwarded != null && addresses.contains(remote.hostAddress())) {
      // The last entry is the one our own proxy wrote; those before it are the client's claims.
      ctx.put(SOURCE, forwarded.substring(forwarded.lastIndexOf(',') + 1).strip());
    }
    ctx.next();
  }
}
