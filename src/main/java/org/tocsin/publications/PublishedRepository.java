package org.tocsin.publications;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.tocsin.platform.database.Tx;

/** Writes {@code publications.published_newsletter}, the one table the public site reads. */
final class PublishedRepository {
  private static final String INSERT =
      """
      INSERT INTO publications.published_newsletter
        (month, subject, preheader, html, body_text, topics, language, visible_at, words)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, coalesce(
        (SELECT oid::regconfig FROM pg_ts_config WHERE cfgname = $9 LIMIT 1), 'simple'::regconfig))
      """;
  private static final String SILENCE =
      """
      UPDATE publications.published_newsletter
      SET subject = '', preheader = '', html = '', body_text = '', topics = '{}', withdrawn_at = $2
      WHERE month = $1
      """;

  void insert(Tx tx, Draft draft, Pressed.Page page, Locale language, Instant visibleAt) {
    tx.run(
        INSERT,
        draft.month(),
        draft.subject(),
        draft.preheader(),
        page.html(),
        page.text(),
        draft.topics().toArray(String[]::new),
        language.toLanguageTag(),
        visibleAt.atOffset(ZoneOffset.UTC),
        textSearchName(language));
  }

  /** PostgreSQL names its text search configurations after languages, in English. */
  private static String textSearchName(Locale language) {
    return language.getDisplayLanguage(Locale.ENGLISH).toLowerCase(Locale.ROOT);
  }

  void withdraw(Tx tx, String month, Instant at) {
    tx.run(SILENCE, month, at.atOffset(ZoneOffset.UTC));
  }
}
