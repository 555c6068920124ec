package org.tocsin.web;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * What a browser is told on every answer: nothing inline, nothing from elsewhere, no address in a
 * Referer.
 */
record SecurityHeaders(boolean secure) {
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
          + "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  void set(RoutingContext ctx) {
    HttpServerResponse response = ctx.response();
    response.putHeader("Content-Security-Policy", POLICY);
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.putHeader("Referrer-Policy", "no-referrer");
    response.putHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.putHeader(
        "Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()");
    response.putHeader("Cache-Control", "no-store");
    if (secure) {
      response.putHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
    ctx.next();
  }
}
