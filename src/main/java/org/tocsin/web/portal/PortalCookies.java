package org.tocsin.web.portal;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.tocsin.correspondents.PortalLinks;

/**
 * The portal's two cookies: a member's session, and the mark of a browser that asked for a link.
 */
public final class PortalCookies {
  private final boolean secure;

  public PortalCookies(boolean secure) {
    this.secure = secure;
  }

  Optional<String> session(RoutingContext ctx) {
    return value(ctx, "portal");
  }

  void setSession(RoutingContext ctx, String secret) {
    ctx.response().addCookie(cookie("portal", secret));
  }

  void clearSession(RoutingContext ctx) {
    ctx.response().addCookie(cookie("portal", "").setMaxAge(0));
  }

  Optional<String> browser(RoutingContext ctx) {
    return value(ctx, "asked");
  }

  void setBrowser(RoutingContext ctx, String secret) {
    ctx.response().addCookie(cookie("asked", secret).setMaxAge(PortalLinks.LIVES.toSeconds()));
  }

  private Optional<String> value(RoutingContext ctx, String name) {
    return Optional.ofNullable(ctx.request().getCookie(name(name)))
        .map(Cookie::getValue)
        .filter(value -> value.length() <= 100);
  }

  /** {@code __Host-} works on https only; a demo on plain http has a plain name. */
  private String name(String name) {
    return (secure ? "__Host-tocsin-" : "tocsin-") + name;
  }

  /** Lax: the link is followed from a mail program, which is another site. */
  private Cookie cookie(String name, String value) {
    return Cookie.cookie(name(name), value)
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(secure)
        .setSameSite(CookieSameSite.LAX);
  }
}
