package org.tocsin.web.portal;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.tocsin.correspondents.PortalDoor;
import org.tocsin.correspondents.PortalSession;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.errors.HubException.Forbidden;
import org.tocsin.web.Pages;
import org.tocsin.web.SameOrigin;

/** Stands before every page behind the portal's door: signed in, and forms with their token. */
public final class PortalGuard {
  private final Pages pages;
  private final PortalDoor door;
  private final PortalCookies cookies;

  public PortalGuard(Pages pages, PortalDoor door, PortalCookies cookies) {
    this.pages = pages;
    this.door = door;
    this.cookies = cookies;
  }

  /** Wraps what a signed-in member may see. Whoever is not signed in is sent to the door. */
  public Handler<RoutingContext> member(BiConsumer<RoutingContext, PortalSession> page) {
    return ctx -> {
      ctx.response().putHeader("Cache-Control", "no-store");
      Optional<PortalSession> session = cookies.session(ctx).flatMap(door::resume);
      if (session.isEmpty()) {
        if (ctx.request().method().equals(HttpMethod.GET)) {
          cookies.setBack(ctx, ctx.normalizedPath());
        }
        Pages.redirect(ctx, "/portal/sign-in");
        return;
      }
      pages.speak(ctx, session.get().member().language());
      if (ctx.request().method().equals(HttpMethod.POST)) {
        SameOrigin.require(ctx);
        String given = ctx.request().getFormAttribute("csrf");
        if (given == null || !Secrets.same(given, session.get().csrf())) {
          throw new Forbidden(
              "csrf", "This form is out of date. Go back, reload the page and try again.");
        }
      }
      page.accept(ctx, session.get());
    };
  }
}
