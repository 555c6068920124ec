package org.tocsin.publications;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.time.UtcDay;

/** The newsletters as feeds, from the public archive alone: nothing before its time. */
public final class Feeds {
  /** Two years. Older issues are in the archive, which every entry links to. */
  private static final int ENTRIES = 24;

  private final Archive archive;
  private final FeedFrame frame;

  public Feeds(Archive archive, Settings settings, Languages languages) {
    this.archive = archive;
    this.frame =
        new FeedFrame(
            settings.organisation().name(),
            settings.organisation().website().toString(),
            languages.in(Languages.DEFAULT).text("site.feed.newsletters"),
            Languages.DEFAULT,
            settings.http());
  }

  public FeedDocument atom() {
    List<Issue> issues = archive.recent(ENTRIES);
    Optional<Instant> updated = updated(issues);
    return new FeedDocument(
        "application/atom+xml; charset=utf-8", AtomFeed.write(frame, issues, updated), updated);
  }

  public FeedDocument json() {
    List<Issue> issues = archive.recent(ENTRIES);
    return new FeedDocument(
        "application/feed+json", JsonFeed.write(frame, issues), updated(issues));
  }

  private static Optional<Instant> updated(List<Issue> issues) {
    return issues.stream().map(Issue::changedAt).max(Comparator.naturalOrder());
  }

  /** What both formats say about the feed itself. */
  record FeedFrame(
      String organisation, String website, String title, String language, Settings.Http http) {
    private static final String NAME = "newsletters";

    /** A year in which this software, and so every feed of it, was there. */
    private static final String FEED_SINCE = "2026";

    /** RFC 4151. The day of publication: the host name was surely ours then. */
    String id(Issue issue) {
      return "tag:"
          + authority()
          + ","
          + UtcDay.of(issue.visibleAt())
          + ":"
          + NAME
          + "/"
          + issue.month();
    }

    String id() {
      return "tag:" + authority() + "," + FEED_SINCE + ":" + NAME;
    }

    private String authority() {
      return http.publicUrl().getHost().toLowerCase(Locale.ROOT);
    }

    String self(String suffix) {
      return http.link("/feeds/" + NAME + "." + suffix);
    }

    String home() {
      return http.link("/" + NAME);
    }

    String link(Issue issue) {
      return http.link(issue.path());
    }

    String fullTitle() {
      return organisation + ": " + title;
    }
  }
}
