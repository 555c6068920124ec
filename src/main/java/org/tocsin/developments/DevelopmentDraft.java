package org.tocsin.developments;

import org.tocsin.platform.language.Messages;
import org.tocsin.platform.language.TextRules;
import org.tocsin.release.ContentHash;
import org.tocsin.release.ContentHash.Canon;

/**
 * The words that are to be public.
 *
 * @param title one line
 * @param text Markdown
 */
public record DevelopmentDraft(Kind kind, String title, String text) {
  public static final int MAX_TITLE = 160;
  public static final int MAX_TEXT = 10_000;

  /** What happened; the words are those of a case's situation. */
  public enum Kind {
    RELEASED,
    RELEASED_CONDITIONALLY,
    TRAVEL_BAN_LIFTED,
    CASE_DISMISSED,
    ACQUITTED,
    OTHER
  }

  /** All that is wrong at once, by field. */
  DevelopmentDraft checked(Messages words) {
    TextRules rules = new TextRules(words, "developments");
    DevelopmentDraft tidy =
        new DevelopmentDraft(
            kind, rules.line("title", title, MAX_TITLE), rules.required("text", text, MAX_TEXT));
    rules.check();
    return tidy;
  }

  public ContentHash hash() {
    return new Canon("development")
        .field("kind", kind.name())
        .field("title", title)
        .field("text", text)
        .hash();
  }

  /** As a newsletter takes it over, in Markdown. */
  public String section() {
    return "## " + title + "\n\n" + text + "\n";
  }

  /** As it is searched for what must not be told. */
  public String words() {
    return title + "\n\n" + text;
  }
}
