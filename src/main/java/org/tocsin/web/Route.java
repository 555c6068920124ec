package org.tocsin.web;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import org.tocsin.access.Permission;

/** One line of the route table: a URL, who may, and what answers. */
public record Route(
    HttpMethod method,
    String path,
    Permission permission,
    Audience audience,
    Handler<RoutingContext> handler) {

  /** Who stands behind the request, and so which guard. */
  public enum Audience {
    /** Anybody; the page may be cached. */
    PUBLIC,
    /** Whoever holds the link; never cached, no cookie, no CSRF token. */
    PERSON,
    /** Staff with a session; every POST carries the session's CSRF token. */
    STAFF
  }

  public static Route site(HttpMethod method, String path, Handler<RoutingContext> handler) {
    return new Route(method, path, Permission.ANYONE, Audience.PUBLIC, handler);
  }

  public static Route person(HttpMethod method, String path, Handler<RoutingContext> handler) {
    return new Route(method, path, Permission.ANYONE, Audience.PERSON, handler);
  }

  public static Route desk(
      HttpMethod method, String path, Permission permission, Handler<RoutingContext> handler) {
    return new Route(method, path, permission, Audience.STAFF, handler);
  }
}
