package org.tocsin.web;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import org.tocsin.access.Asker;
import org.tocsin.access.Door;
import org.tocsin.access.Marks;
import org.tocsin.access.SignInLinks;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.platform.crypto.Secrets;

/**
 * What a browser keeps for every door alike: the secret to which the links and codes it asked for
 * are bound, and the marks of those who came in by it. Neither opens anything by itself, and the
 * names tell no door.
 */
public final class DoorCookies {
  private static final String ASKED = "asked";
  private static final String MARK = "seen";
  private static final int LONGEST = 1_000;

  private final boolean secure;
  private final Marks marks;

  public DoorCookies(boolean secure, Marks marks) {
    this.secure = secure;
    this.marks = marks;
  }

  /** Who makes this request, as far as limits care. */
  public Asker asker(RoutingContext ctx) {
    return new Asker(
        SourceNetwork.of(Visitor.source(ctx)),
        browser(ctx),
        marks.read(value(ctx, MARK).orElse("")));
  }

  /**
   * Who asks for a link: from here on this browser has a secret, and keeps it while it may wait.
   */
  public Asker asking(RoutingContext ctx) {
    String browser =
        value(ctx, ASKED).filter(secret -> secret.length() >= 32).orElseGet(Secrets::random);
    set(ctx, ASKED, browser, SignInLinks.MAILED);
    Asker asker = asker(ctx);
    return new Asker(asker.network(), browser, asker.marks());
  }

  /** The secret of a browser that asked; empty where it did not. */
  public String browser(RoutingContext ctx) {
    return value(ctx, ASKED).orElse("");
  }

  /** This person came in by this browser. */
  public void mark(RoutingContext ctx, Door door, long person) {
    set(ctx, MARK, marks.add(value(ctx, MARK).orElse(""), door, person), Marks.LIVES);
  }

  private void set(RoutingContext ctx, String name, String value, Duration lives) {
    ctx.response().addCookie(cookie(name, value).setMaxAge(lives.toSeconds()));
  }

  private Optional<String> value(RoutingContext ctx, String name) {
    return Optional.ofNullable(ctx.request().getCookie(name(name)))
        .map(Cookie::getValue)
        .filter(value -> value.length() <= LONGEST);
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
