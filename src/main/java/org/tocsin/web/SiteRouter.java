package org.tocsin.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.config.Settings;

/** Builds the public port's router out of the route table and, below {@code /api}, the API's. */
public final class SiteRouter {
  /** A newsletter's text is the largest thing that anybody posts. */
  static final int BODY_BYTES = 512 * 1024;

  private final Settings settings;
  private final Guard guard;
  private final Pages pages;
  private final Failures failures;
  private final UnnamedProxies unnamed;

  public SiteRouter(
      Settings settings,
      Identity identity,
      Cookies cookies,
      Pages pages,
      Failures failures,
      UnnamedProxies unnamed) {
    this.settings = settings;
    this.guard = new Guard(identity, cookies);
    this.pages = pages;
    this.failures = failures;
    this.unnamed = unnamed;
  }

  public Router build(Vertx vertx, List<Route> routes, Optional<Router> api) {
    Router router = Router.router(vertx);
    TrustedProxies proxies = new TrustedProxies(settings.http().trustedProxies(), unnamed);
    SecurityHeaders headers = new SecurityHeaders(settings.http().secure());
    router.route().handler(SiteRouter::refuseUnreadable);
    router.route().handler(headers::set);
    router.route().handler(proxies::note);
    router.route().handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES));
    router.route().handler(pages::note);
    router.get("/assets/:hash/:name").handler(pages.assets()::serve);
    router.get("/favicon.ico").handler(pages.assets()::favicon);
    api.ifPresent(machines -> router.route("/api/v1/*").subRouter(machines));
    routes.forEach(route -> add(router, route));
    router.route("/api/*").failureHandler(failures::json);
    router.route().failureHandler(failures::page);
    for (int status : new int[] {400, 404, 405, 406, 413, 415, 500}) {
      router.errorHandler(status, ctx -> answer(ctx));
    }
    return router;
  }

  private static void refuseUnreadable(RoutingContext ctx) {
    if (RequestTarget.isReadable(ctx.request())) {
      ctx.next();
    } else {
      ctx.fail(400);
    }
  }

  private void add(Router router, Route route) {
    io.vertx.ext.web.Route handled = router.route(route.method(), route.path());
    switch (route.audience()) {
      case PUBLIC, PERSON -> handled.handler(route.handler());
      case STAFF ->
          handled.handler(ctx -> guard.staff(ctx, route.permission())).handler(route.handler());
    }
    if (route.method().equals(HttpMethod.GET)) {
      handled.method(HttpMethod.HEAD);
    }
  }

  private void answer(RoutingContext ctx) {
    String path = ctx.request().path();
    if (path != null && path.startsWith("/api/")) {
      failures.json(ctx);
    } else {
      failures.page(ctx);
    }
  }
}
