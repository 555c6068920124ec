package org.tocsin.web;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.access.Permission;
import org.tocsin.access.Session;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.errors.HubException.Forbidden;

/** Stands before every route of the desk: signed in, allowed, and with the session's CSRF token. */
final class Guard {
  static final String CSRF_FIELD = "csrf";
  private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final String SESSION = "tocsin.session";

  private final Identity identity;
  private final Cookies cookies;

  Guard(Identity identity, Cookies cookies) {
    this.identity = identity;
    this.cookies = cookies;
  }

  /** Lets the request through, sends it to the sign-in page, or refuses. */
  void staff(RoutingContext ctx, Permission permission) {
    Optional<Session> session = cookies.session(ctx).flatMap(identity::session);
    session.ifPresent(present -> ctx.put(SESSION, present));
    boolean writes = !READS.contains(ctx.request().method());
    if (permission == Permission.ANYONE) {
      if (writes) {
        SameOrigin.require(ctx);
      }
      ctx.next();
      return;
    }
    if (session.isEmpty()) {
      Pages.redirect(ctx, "/desk/sign-in");
      return;
    }
    if (writes) {
      SameOrigin.require(ctx);
      String given = ctx.request().getFormAttribute(CSRF_FIELD);
      if (given == null) {
        given = ctx.request().getHeader("X-CSRF-Token");
      }
      if (given == null || !Secrets.same(given, session.get().csrf())) {
        throw new Forbidden(
            "csrf", "This form is out of date. Go back, reload the page and try again.");
      }
    }
    if (!session.get().staff().may(permission)) {
      throw new Forbidden(
          "role_missing", "Your roles do not allow this (" + permission.word() + ").");
    }
    ctx.next();
  }

  static Optional<Session> session(RoutingContext ctx) {
    @Nullable Session session = ctx.get(SESSION);
    return Optional.ofNullable(session);
  }
}
