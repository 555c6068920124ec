package org.tocsin.web.portal;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** The portal's own cookies: a member's session, and where to go on after signing in. */
public final class PortalCookies {
  /** Pages behind the door, none of the door itself, and nothing of another site. */
  private static final Pattern BEHIND = Pattern.compile("/portal/(?!sign-)[A-Za-z0-9/_-]{1,80}");

  private static final Duration BACK_LIVES = Duration.ofHours(1);

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

  /** Where somebody wanted to go who must sign in first. */
  void setBack(RoutingContext ctx, String path) {
    if (BEHIND.matcher(path).matches()) {
      ctx.response().addCookie(cookie("back", path).setMaxAge(BACK_LIVES.toSeconds()));
    }
  }

  /** Looked at again: what is in a cookie is the browser's word. */
  String takeBack(RoutingContext ctx) {
    Optional<String> back = value(ctx, "back");
    back.ifPresent(any -> ctx.response().addCookie(cookie("back", "").setMaxAge(0)));
    return back.filter(path -> BEHIND.matcher(path).matches()).orElse("/portal");
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
