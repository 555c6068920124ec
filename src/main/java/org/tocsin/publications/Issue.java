package org.tocsin.publications;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.tocsin.release.ContentHash;

/** What the public archive holds under one month. */
public sealed interface Issue {
  String month();

  Instant visibleAt();

  /** The moment of the last change that a reader could see. */
  Instant changedAt();

  /**
   * A published issue.
   *
   * @param html the sanitised body
   */
  record Published(
      String month,
      String subject,
      String preheader,
      String html,
      String text,
      List<String> topics,
      Locale language,
      Instant visibleAt)
      implements Issue {
    @Override
    public Instant changedAt() {
      return visibleAt;
    }
  }

  /** It was there and was withdrawn; its words are gone. */
  record Tombstone(String month, Instant visibleAt, Instant withdrawnAt) implements Issue {
    @Override
    public Instant changedAt() {
      return withdrawnAt;
    }
  }

  default String path() {
    return Newsletter.path(month());
  }

  /**
   * Of what it says and nothing else: the same words have the same mark on every node, for ever.
   */
  default ContentHash mark() {
    return switch (this) {
      case Published issue ->
          new ContentHash.Canon("issue")
              .field("month", issue.month())
              .field("subject", issue.subject())
              .field("preheader", issue.preheader())
              .field("html", issue.html())
              .field("text", issue.text())
              .field("topics", String.join(" ", issue.topics()))
              .field("language", issue.language().toLanguageTag())
              .field("visible_at", issue.visibleAt().toString())
              .hash();
      case Tombstone stone ->
          new ContentHash.Canon("tombstone")
              .field("month", stone.month())
              .field("visible_at", stone.visibleAt().toString())
              .field("withdrawn_at", stone.withdrawnAt().toString())
              .hash();
    };
  }
}
