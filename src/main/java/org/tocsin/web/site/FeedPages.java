package org.tocsin.web.site;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.tocsin.publications.FeedDocument;
import org.tocsin.publications.Feeds;

/** The newsletters for feed readers. */
public final class FeedPages {
  private final Feeds feeds;

  public FeedPages(Feeds feeds) {
    this.feeds = feeds;
  }

  /** GET /feeds/newsletters.atom */
  public void atom(RoutingContext ctx) {
    answer(ctx, feeds.atom(), "atom");
  }

  /** GET /feeds/newsletters.json */
  public void json(RoutingContext ctx) {
    answer(ctx, feeds.json(), "json");
  }

  private static void answer(RoutingContext ctx, FeedDocument feed, String variant) {
    if (!Conditional.unchanged(ctx, feed.mark(), variant, feed.updated())) {
      ctx.response()
          .putHeader(HttpHeaders.CONTENT_TYPE, feed.mediaType())
          .putHeader("Access-Control-Allow-Origin", "*")
          .end(feed.body());
    }
  }
}
