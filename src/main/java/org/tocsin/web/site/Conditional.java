package org.tocsin.web.site;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.release.ContentHash;

/**
 * Conditional requests (RFC 9110, 13): who has seen a page is told that it is the same. Mark and
 * time are of the content alone, so they tell nothing else, and a withdrawn page is noticed at the
 * next look.
 */
final class Conditional {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final int MARK = 24;

  private Conditional() {}

  /**
   * Sets the headers; answers 304 and true where the visitor has just this.
   *
   * @param variant what else the representation depends on, e.g. its language
   * @param changed the last change of the content, if there is any content
   */
  static boolean unchanged(
      RoutingContext ctx, ContentHash mark, String variant, Optional<Instant> changed) {
    String tag = "W/\"" + mark.hex().substring(0, MARK) + "-" + variant + "\"";
    HttpServerResponse response = ctx.response();
    response.putHeader(HttpHeaders.ETAG, tag);
    response.putHeader(HttpHeaders.CACHE_CONTROL, "public, no-cache");
    response.putHeader(HttpHeaders.VARY, "Accept-Language");
    changed.ifPresent(at -> response.putHeader(HttpHeaders.LAST_MODIFIED, HTTP_DATE.format(at)));
    if (!same(ctx, tag, changed)) {
      return false;
    }
    response.setStatusCode(304).end();
    return true;
  }

  /** If-Modified-Since counts only where there is no If-None-Match. */
  private static boolean same(RoutingContext ctx, String tag, Optional<Instant> changed) {
    @Nullable String marks = ctx.request().getHeader(HttpHeaders.IF_NONE_MATCH);
    if (marks != null) {
      return marks.strip().equals("*")
          || Arrays.stream(marks.split(","))
              .map(String::strip)
              .anyMatch(seen -> weak(seen).equals(tag));
    }
    @Nullable String since = ctx.request().getHeader(HttpHeaders.IF_MODIFIED_SINCE);
    return since != null
        && changed
            .flatMap(
                at -> date(since).map(seen -> !at.truncatedTo(ChronoUnit.SECONDS).isAfter(seen)))
            .orElse(false);
  }

  private static String weak(String tag) {
    return tag.startsWith("W/") ? tag : "W/" + tag;
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(HTTP_DATE.parse(text, Instant::from));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }
}
