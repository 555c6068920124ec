package org.tocsin.web.site;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.language.Messages;
import org.tocsin.publications.Archive;
import org.tocsin.publications.Found;
import org.tocsin.publications.Issue;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;

/** What the public reads: the front page, the newsletters' archive, the search over it. */
public final class ArchivePages {
  private static final int LATEST = 3;
  private static final int PAGE = 24;
  private static final int LONGEST_MONTH = 20;

  private final Archive archive;
  private final Pages pages;
  private final List<String> topics;

  public ArchivePages(Archive archive, Pages pages, List<String> topics) {
    this.archive = archive;
    this.pages = pages;
    this.topics = List.copyOf(topics);
  }

  /** The front page. */
  public record Home(List<Issue.Published> latest, List<String> topics) {}

  /** A page of the archive. */
  public record Listing(List<Issue.Published> issues, Optional<String> next, boolean first) {}

  /** What a search found; {@code asked} is empty before anything was asked. */
  public record Search(String asked, List<Found> found, boolean tooLong) {}

  /** GET / */
  public void home(RoutingContext ctx) {
    Archive.Page latest = archive.list(Optional.empty(), LATEST);
    if (!unchanged(ctx, latest)) {
      pages.show(ctx, "site/home", new Home(latest.items(), topics));
    }
  }

  /** GET /newsletters */
  public void list(RoutingContext ctx) {
    Optional<String> after = Params.query(ctx, "after", LONGEST_MONTH);
    Archive.Page page = archive.list(after, PAGE);
    if (!unchanged(ctx, page)) {
      pages.show(ctx, "site/newsletters", new Listing(page.items(), page.next(), after.isEmpty()));
    }
  }

  private boolean unchanged(RoutingContext ctx, Archive.Page page) {
    Optional<Instant> changed =
        page.items().stream().map(Issue::changedAt).max(Comparator.naturalOrder());
    return Conditional.unchanged(ctx, page.mark(), language(ctx).tag(), changed);
  }

  /** GET /newsletters/{month}: the issue, or what a withdrawn one leaves. */
  public void issue(RoutingContext ctx) {
    Issue issue =
        archive.find(Params.path(ctx, "month")).orElseThrow(() -> new NotFound("newsletter"));
    if (Conditional.unchanged(
        ctx, issue.mark(), language(ctx).tag(), Optional.of(issue.changedAt()))) {
      return;
    }
    switch (issue) {
      case Issue.Published published -> pages.show(ctx, "site/newsletter", published);
      case Issue.Tombstone stone -> pages.show(ctx, 410, "site/newsletter_withdrawn", stone);
    }
  }

  /** GET /search?q= */
  public void search(RoutingContext ctx) {
    String asked = ctx.queryParam("q").stream().findFirst().map(String::strip).orElse("");
    boolean tooLong = asked.length() > Archive.MAX_QUERY;
    pages.show(
        ctx,
        tooLong ? 422 : 200,
        "site/search",
        new Search(
            tooLong ? asked.substring(0, Archive.MAX_QUERY) : asked,
            tooLong || asked.indexOf('\0') >= 0 ? List.of() : archive.search(asked),
            tooLong));
  }

  private Messages language(RoutingContext ctx) {
    return pages.language(ctx);
  }
}
