package org.tocsin.publications;

import java.util.SortedMap;
import java.util.TreeMap;
import org.tocsin.channels.email.MailContent;
import org.tocsin.release.ContentHash;

/**
 * An issue as it is sent: the archive's page and the letter of each language. A draft that was
 * never submitted has none.
 */
public record Pressed(Page page, SortedMap<String, MailContent> letters) {
  static final Pressed NOTHING = new Pressed(new Page("", ""), new TreeMap<>());

  /** The body as safe HTML and as plain text. */
  public record Page(String html, String text) {}

  /** Over the source and everything that is sent. */
  ContentHash hash(Draft draft) {
    ContentHash.Canon canon =
        new ContentHash.Canon("newsletter")
            .field("month", draft.month())
            .field("subject", draft.subject())
            .field("preheader", draft.preheader())
            .field("body_markdown", draft.markdown());
    draft.topics().forEach(topic -> canon.field("topic", topic));
    canon.field("page.html", page.html()).field("page.text", page.text());
    letters.forEach(
        (language, letter) -> {
          canon
              .field("letter", language)
              .field("subject", letter.subject().spelled())
              .field("text", letter.text().spelled())
              .field("html", letter.html().spelled());
          new TreeMap<>(letter.headers())
              .forEach((name, value) -> canon.field("header." + name, value.spelled()));
        });
    return canon.hash();
  }
}
