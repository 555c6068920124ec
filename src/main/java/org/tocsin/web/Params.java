package org.tocsin.web;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.errors.HubException.NotFound;

/** Values out of a URL, bounded. */
public final class Params {
  private static final int MAX_PATH = 200;

  private Params() {}

  public static String path(RoutingContext ctx, String name) {
    String value = ctx.pathParam(name);
    if (value == null || value.isEmpty() || value.length() > MAX_PATH) {
      throw new NotFound("page");
    }
    return value;
  }

  /** The number before which a list goes on; without one it begins at the newest. */
  public static long before(RoutingContext ctx) {
    return query(ctx, "before", 20)
        .filter(typed -> typed.matches("[0-9]{1,18}"))
        .map(Long::parseLong)
        .orElse(Long.MAX_VALUE);
  }

  public static Optional<String> query(RoutingContext ctx, String name, int most) {
    Optional<String> value = ctx.queryParam(name).stream().findFirst().map(String::strip);
    if (value.isPresent() && (value.get().length() > most || value.get().indexOf('\uFFFD') >= 0)) {
      throw new Invalid(name, Pages.words(ctx).text("site.form.at_most", most));
    }
    return value.filter(text -> !text.isEmpty());
  }
}
