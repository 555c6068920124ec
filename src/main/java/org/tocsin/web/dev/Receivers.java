package org.tocsin.web.dev;

import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.web.Params;

/**
 * Receivers of a demonstration's webhooks, so that its endpoints reach nobody outside: one thanks
 * at once, one after a while, one fails. They consent by the handshake of CloudEvents' HTTP
 * webhooks and keep nothing of what they hear.
 */
public final class Receivers {
  public static final String PROMPT = "prompt";
  public static final String SLOW = "slow";
  public static final String FAILING = "failing";

  /** Long enough to be seen on a live board, short of every deadline. */
  private static final Duration A_WHILE = Duration.ofSeconds(3);

  /** OPTIONS /dev/receivers/:manner/:name */
  public void consent(RoutingContext ctx) {
    manner(ctx);
    ctx.response()
        .setStatusCode(200)
        .putHeader("WebHook-Allowed-Origin", "*")
        .putHeader("WebHook-Allowed-Rate", "120")
        .end();
  }

  /** POST /dev/receivers/:manner/:name */
  public void hear(RoutingContext ctx) {
    switch (manner(ctx)) {
      case SLOW -> ctx.vertx().setTimer(A_WHILE.toMillis(), done -> answer(ctx, 204));
      case FAILING -> answer(ctx, 503);
      default -> answer(ctx, 204);
    }
  }

  private static String manner(RoutingContext ctx) {
    String manner = Params.path(ctx, "manner");
    return switch (manner) {
      case PROMPT, SLOW, FAILING -> manner;
      default -> throw new NotFound("receiver");
    };
  }

  private static void answer(RoutingContext ctx, int status) {
    if (!ctx.response().closed()) {
      ctx.response().setStatusCode(status).end();
    }
  }
}
