package org.tocsin.web;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** The one cookie: a session of the desk. */
public final class Cookies {
  private final boolean secure;

  public Cookies(boolean secure) {
    this.secure = secure;
  }

  /** {@code __Host-} works on https only; a demo on plain http has a plain name. */
  private String name() {
    return secure ? "__Host-tocsin" : "tocsin";
  }

  public Optional<String> session(RoutingContext ctx) {
    return Optional.ofNullable(ctx.request().getCookie(name())).map(Cookie::getValue);
  }

  public void setSession(RoutingContext ctx, String secret) {
    ctx.response().addCookie(cookie(secret));
  }

  public void clearSession(RoutingContext ctx) {
    ctx.response().addCookie(cookie("").setMaxAge(0));
  }

  private Cookie cookie(String value) {
    return Cookie.cookie(name(), value)
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(secure)
        .setSameSite(CookieSameSite.LAX);
  }
}
