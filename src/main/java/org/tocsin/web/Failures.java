package org.tocsin.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.platform.errors.HubException;
import org.tocsin.platform.language.Messages;

/**
 * The one place where a failure becomes an answer: problem+json (RFC 9457) for machines, a page for
 * people.
 */
public final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private final Pages pages;

  public Failures(Pages pages) {
    this.pages = pages;
  }

  /** What the error page shows. */
  public record ErrorPage(int status, String title, String text) {}

  private record Problem(int status, String code, String detail, List<HubException.Field> fields) {
    Problem(int status, String code, String detail) {
      this(status, code, detail, List.of());
    }
  }

  void page(RoutingContext ctx) {
    Problem problem = problem(ctx);
    if (ctx.response().headWritten()) {
      ctx.response().reset();
      return;
    }
    tellWhen(ctx);
    Messages words = pages.language(ctx);
    String key =
        words.has("site.error." + problem.status() + ".title") ? "" + problem.status() : "500";
    pages.show(
        ctx,
        problem.status(),
        "site/error",
        new ErrorPage(
            problem.status(), words.text("site.error." + key + ".title"), told(problem, words)));
  }

  /** In the reader's language where the bundle has words for the code or the status. */
  private static String told(Problem problem, Messages words) {
    return Stream.of(
            problem.code(), problem.status() + ".text", problem.status() >= 500 ? "500.text" : "")
        .map(key -> "site.error." + key)
        .filter(words::has)
        .findFirst()
        .map(words::text)
        .orElse(problem.detail());
  }

  public void json(RoutingContext ctx) {
    Problem problem = problem(ctx);
    if (ctx.response().headWritten()) {
      ctx.response().reset();
      return;
    }
    tellWhen(ctx);
    JsonObject body =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", title(problem.status()))
            .put("status", problem.status())
            .put("code", problem.code())
            .put("detail", problem.detail());
    if (!problem.fields().isEmpty()) {
      JsonArray errors = new JsonArray();
      problem
          .fields()
          .forEach(
              f -> errors.add(new JsonObject().put("field", f.name()).put("message", f.message())));
      body.put("errors", errors);
    }
    ctx.response()
        .setStatusCode(problem.status())
        .putHeader("Content-Type", "application/problem+json")
        .end(body.encode());
  }

  /** Retry-After (RFC 9110, 10.2.3) in whole seconds, where it is known when there is room. */
  private static void tellWhen(RoutingContext ctx) {
    if (ctx.failure() instanceof HubException.TooMany many) {
      many.retryAfter()
          .ifPresent(
              wait ->
                  ctx.response()
                      .putHeader(
                          "Retry-After",
                          String.valueOf(Math.max(1, wait.plusMillis(999).toSeconds()))));
    }
  }

  private static Problem problem(RoutingContext ctx) {
    @Nullable Throwable failure = ctx.failure();
    return switch (failure) {
      case HubException.Invalid invalid ->
          new Problem(422, invalid.code(), text(invalid), invalid.fields());
      case HubException.NotFound missing -> new Problem(404, missing.code(), text(missing));
      case HubException.Gone gone -> new Problem(410, gone.code(), text(gone));
      case HubException.Conflict conflict -> new Problem(409, conflict.code(), text(conflict));
      case HubException.Unauthenticated nobody -> new Problem(401, nobody.code(), text(nobody));
      case HubException.Forbidden forbidden -> new Problem(403, forbidden.code(), text(forbidden));
      case HubException.TooMany many -> new Problem(429, many.code(), text(many));
      case UnsupportedMediaType type -> new Problem(415, "unsupported_media_type", text(type));
      case null, default -> byStatus(ctx, failure);
    };
  }

  private static Problem byStatus(RoutingContext ctx, @Nullable Throwable failure) {
    int status = ctx.statusCode();
    return switch (status) {
      case 400 ->
          new Problem(
              400,
              "bad_request",
              failure instanceof HttpException told && told.getPayload() != null
                  ? told.getPayload()
                  : "The request is malformed");
      case 404 -> new Problem(404, "not_found", "There is nothing here");
      case 405 -> new Problem(405, "method_not_allowed", "This address does not take that method");
      case 413 -> new Problem(413, "too_large", "The request is larger than this address takes");
      case 415 ->
          new Problem(415, "unsupported_media_type", "Send JSON: Content-Type: application/json");
      case 406 -> new Problem(406, "not_acceptable", "No such representation");
      default -> {
        log.atError()
            .addKeyValue(
                "route",
                ctx.currentRoute() == null ? "" : String.valueOf(ctx.currentRoute().getPath()))
            .setCause(failure)
            .log("A request failed");
        yield new Problem(
            500, "internal", "Something went wrong here. Nothing was half done; try again.");
      }
    };
  }

  private static String text(Throwable failure) {
    return failure.getMessage() == null ? "" : failure.getMessage();
  }

  private static String title(int status) {
    return io.netty.handler.codec.http.HttpResponseStatus.valueOf(status).reasonPhrase();
  }
}
