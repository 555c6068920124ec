package org.tocsin.publications;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.tocsin.publications.Feeds.FeedFrame;

/**
 * JSON Feed 1.1. It has no word for what was withdrawn, so an extension of our own names those
 * items; readers that do not know it just find them gone.
 */
final class JsonFeed {
  private static final String VERSION = "https://jsonfeed.org/version/1.1";

  private JsonFeed() {}

  static String write(FeedFrame frame, List<Issue> issues) {
    JsonArray items = new JsonArray();
    JsonArray withdrawn = new JsonArray();
    for (Issue issue : issues) {
      switch (issue) {
        case Issue.Published published -> items.add(item(frame, published));
        case Issue.Tombstone stone ->
            withdrawn.add(
                new JsonObject()
                    .put("id", frame.id(stone))
                    .put("withdrawn_at", stone.withdrawnAt().toString()));
      }
    }
    return new JsonObject()
        .put("version", VERSION)
        .put("title", frame.fullTitle())
        .put("home_page_url", frame.home())
        .put("feed_url", frame.self("json"))
        .put("language", frame.language())
        .put(
            "authors",
            new JsonArray()
                .add(
                    new JsonObject().put("name", frame.organisation()).put("url", frame.website())))
        .put("items", items)
        .put(
            "_withdrawn",
            new JsonObject()
                .put("about", "Items that were published and then withdrawn; remove your copy.")
                .put("items", withdrawn))
        .encodePrettily();
  }

  private static JsonObject item(FeedFrame frame, Issue.Published issue) {
    JsonObject item =
        new JsonObject()
            .put("id", frame.id(issue))
            .put("url", frame.link(issue))
            .put("title", issue.subject())
            .put("content_html", issue.html())
            .put("content_text", issue.text())
            .put("date_published", issue.visibleAt().toString())
            .put("date_modified", issue.changedAt().toString())
            .put("tags", new JsonArray(issue.topics()))
            .put("language", issue.language().toLanguageTag());
    return issue.preheader().isEmpty() ? item : item.put("summary", issue.preheader());
  }
}
