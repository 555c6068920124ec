package org.tocsin.web.api;

import io.vertx.ext.web.RoutingContext;

/** Gives the same answer to the same Idempotency-Key. */
public interface ApiIdempotency {
  ApiAnswer once(RoutingContext ctx, ApiCall call, ApiOperation operation);
}
