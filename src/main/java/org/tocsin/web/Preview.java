package org.tocsin.web;

import io.vertx.ext.web.RoutingContext;

/**
 * A page that staff see before its readers do: the readers' own, in a frame of the desk's, where it
 * can be looked at and can do nothing.
 */
public final class Preview {
  private static final String POLICY =
      "sandbox allow-same-origin allow-downloads; default-src 'none'; style-src 'self'; img-src"
          + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

  private Preview() {}

  /** The browser sends no form of it and runs no script. */
  public static void harmless(RoutingContext ctx) {
    ctx.response().putHeader("Content-Security-Policy", POLICY);
  }
}
