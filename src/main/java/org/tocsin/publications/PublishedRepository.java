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
  private static final String HAS =
      "SELECT EXISTS (SELECT FROM publications.published_newsletter WHERE month = $1) AS has";
  private static final String DELETE =
      "DELETE FROM publications.published_newsletter WHERE month = $1";
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

  boolean has(Tx tx, String month) {
    return tx.get(HAS, row -> row.getBoolean("has"), month);
  }

  /** For what nobody has seen yet. */
  void delete(Tx tx, String month) {
    tx.run(DELETE, month);
  }

  void withdraw(Tx tx, String month, Instant at) {
    tx.run(SILENCE, month, at.atOffset(ZoneOffset.UTC));
  }
}
