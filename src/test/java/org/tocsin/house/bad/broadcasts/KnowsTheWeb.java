package org.tocsin.house.bad.broadcasts;

import io.vertx.ext.web.RoutingContext;

/** Knows who asked. */
public record KnowsTheWeb(RoutingContext ctx) {}
