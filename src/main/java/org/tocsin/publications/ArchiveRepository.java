package org.tocsin.publications;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tocsin.platform.database.Sql;

/**
 * Reads {@code publications.published_newsletter}. Every statement begins with {@link #VISIBLE}.
 */
final class ArchiveRepository {
  /** {@code $1} is now. */
  private static final String VISIBLE =
      "WITH visible AS (SELECT * FROM publications.published_newsletter WHERE visible_at <= $1) ";

  private static final String NEWEST = " ORDER BY visible_at DESC, month DESC ";
  private static final String LIST =
      VISIBLE
          + """
          SELECT * FROM visible
          WHERE withdrawn_at IS NULL AND ($2 = '' OR (visible_at, month) <
            (SELECT visible_at, month FROM visible WHERE month = $2))
          """
          + NEWEST
          + "LIMIT $3";
  private static final String OF_MONTH = VISIBLE + "SELECT * FROM visible WHERE month = $2";
  private static final String RECENT = VISIBLE + "SELECT * FROM visible" + NEWEST + "LIMIT $2";

  /**
   * The hits stand between two control characters, which no text of ours can hold. What only sets
   * the plain text (rules under headings, stars, targets of links) is no words and is left out.
   */
  private static final String SEARCH =
      VISIBLE
          + """
          SELECT visible.*, ts_headline(words,
            regexp_replace(body_text, '(?n)^[-=]{3,}$|[*]| ?\\(https?://\\S+\\)', '', 'g'), query,
            'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', MaxFragments=2, MinWords=8, MaxWords=24, '
            || 'FragmentDelimiter=" … "') AS excerpt
          FROM visible, websearch_to_tsquery(words, $2) AS query
          WHERE withdrawn_at IS NULL AND search @@ query
          ORDER BY ts_rank(search, query) DESC, visible_at DESC, month DESC LIMIT $3
          """;

  List<Issue.Published> list(Sql site, Instant now, Optional<String> after, int limit) {
    return site.list(LIST, ArchiveRepository::published, time(now), after.orElse(""), limit);
  }

  Optional<Issue> find(Sql site, Instant now, String month) {
    return site.find(OF_MONTH, ArchiveRepository::issue, time(now), month);
  }

  List<Issue> recent(Sql site, Instant now, int limit) {
    return site.list(RECENT, ArchiveRepository::issue, time(now), limit);
  }

  List<Found> search(Sql site, Instant now, String query, int limit) {
    return site.list(
        SEARCH,
        row -> new Found(published(row), pieces(row.getString("excerpt"))),
        time(now),
        query,
        limit);
  }

  private static Issue issue(Row row) {
    OffsetDateTime withdrawnAt = row.getOffsetDateTime("withdrawn_at");
    return withdrawnAt == null
        ? published(row)
        : new Issue.Tombstone(
            row.getString("month"),
            row.getOffsetDateTime("visible_at").toInstant(),
            withdrawnAt.toInstant());
  }

  private static Issue.Published published(Row row) {
    return new Issue.Published(
        row.getString("month"),
        row.getString("subject"),
        row.getString("preheader"),
        row.getString("html"),
        row.getString("body_text"),
        List.of(row.getArrayOfStrings("topics")),
        Locale.forLanguageTag(row.getString("language")),
        row.getOffsetDateTime("visible_at").toInstant());
  }

  private static List<Found.Piece> pieces(String excerpt) {
    List<Found.Piece> pieces = new ArrayList<>();
    int from = 0;
    while (from < excerpt.length()) {
      boolean hit = excerpt.charAt(from) == '\u0002';
      int end = excerpt.indexOf(hit ? '\u0003' : '\u0002', from);
      int to = end < 0 ? excerpt.length() : end;
      pieces.add(new Found.Piece(excerpt.substring(hit ? from + 1 : from, to), hit));
      from = hit ? to + 1 : to;
    }
    return pieces;
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
