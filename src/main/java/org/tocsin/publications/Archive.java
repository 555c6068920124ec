package org.tocsin.publications;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.database.Database;
import org.tocsin.release.ContentHash;

/**
 * The public archive, on the public site's role. Before its time an issue does not exist here: not
 * in a list, not under its address, not in a search, not in a count, not in a mark.
 */
public final class Archive {
  /** The longest search that is looked at. */
  public static final int MAX_QUERY = 200;

  private static final int MAX_FOUND = 50;

  private final Database site;
  private final InstantSource clock;
  private final ArchiveRepository issues = new ArchiveRepository();

  /**
   * @param site must be the public site's pool
   */
  public Archive(Database site, InstantSource clock) {
    this.site = site;
    this.clock = clock;
  }

  /**
   * @param next what the following page comes after; none at the end
   */
  public record Page(List<Issue.Published> items, Optional<String> next) {
    /** Changes when any item does, or the order. */
    public ContentHash mark() {
      return marks("page", items);
    }
  }

  /**
   * The newest first, without those withdrawn.
   *
   * @param after a month, as {@link Page#next} gave it; an unknown one gives nothing
   */
  public Page list(Optional<String> after, int limit) {
    List<Issue.Published> items = issues.list(site, clock.instant(), after, limit + 1);
    return items.size() <= limit
        ? new Page(items, Optional.empty())
        : new Page(items.subList(0, limit), Optional.of(items.get(limit - 1).month()));
  }

  public Optional<Issue> find(String month) {
    return issues.find(site, clock.instant(), month);
  }

  /** The best first; words are folded as the issue's language does. */
  public List<Found> search(String query) {
    return query.isBlank() || query.length() > MAX_QUERY
        ? List.of()
        : issues.search(site, clock.instant(), query, MAX_FOUND);
  }

  /** The newest, withdrawn ones among them: what a feed tells. */
  List<Issue> recent(int limit) {
    return issues.recent(site, clock.instant(), limit);
  }

  static ContentHash marks(String kind, List<? extends Issue> issues) {
    ContentHash.Canon canon = new ContentHash.Canon(kind);
    issues.forEach(issue -> canon.field(issue.month(), issue.mark().hex()));
    return canon.hash();
  }
}
