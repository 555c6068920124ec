package org.tocsin.publications;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tocsin.channels.email.Letter;
import org.tocsin.channels.email.LetterPress;
import org.tocsin.channels.email.MailContent;
import org.tocsin.channels.email.Markdown;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;

/**
 * Presses an issue: the frame of a letter in the reader's language, the body in the language it was
 * written in.
 */
final class IssuePress {
  private static final String LIST = "newsletter";

  private final LetterPress press;
  private final Languages languages;

  IssuePress(LetterPress press, Languages languages) {
    this.press = press;
    this.languages = languages;
  }

  Pressed press(Draft draft) {
    SortedMap<String, MailContent> letters = new TreeMap<>();
    for (String tag : languages.tags()) {
      letters.put(tag, letter(draft, languages.in(tag)));
    }
    return new Pressed(page(draft), letters);
  }

  Pressed.Page page(Draft draft) {
    return new Pressed.Page(Markdown.html(draft.markdown()), Markdown.text(draft.markdown()));
  }

  MailContent letter(Draft draft, Messages words) {
    return press.press(
        new Letter(
            draft.subject(),
            draft.preheader(),
            draft.markdown(),
            Optional.empty(),
            Optional.of(
                new Letter.MailingList(
                    LIST,
                    words.text("mail.newsletter.list"),
                    Optional.of(Newsletter.path(draft.month()))))),
        words);
  }
}
