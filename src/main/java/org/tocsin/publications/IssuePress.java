package org.tocsin.publications;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.tocsin.channels.email.Letter;
import org.tocsin.channels.email.LetterPress;
import org.tocsin.channels.email.MailContent;
import org.tocsin.channels.email.Markdown;
import org.tocsin.platform.errors.HubException.Field;
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

  /** A letter while it is being written: a field that cannot be pressed yet is left empty. */
  MailContent sketch(Draft draft, List<Field> problems, Messages words) {
    Predicate<String> good =
        name -> problems.stream().map(Field::name).noneMatch(wrong -> wrong.equals(name));
    return letter(
        new Draft(
            good.test("month") ? draft.month() : "0000-00",
            good.test("subject") ? draft.subject() : "…",
            good.test("preheader") ? draft.preheader() : "",
            good.test("body_markdown") ? draft.markdown() : "",
            draft.topics()),
        words);
  }

  private MailContent letter(Draft draft, Messages words) {
    return press.press(
        Letter.written(
            draft.subject(),
            draft.preheader(),
            draft.markdown(),
            new Letter.MailingList(
                LIST,
                words.text("mail.newsletter.list"),
                Optional.of(Newsletter.path(draft.month())))),
        words);
  }
}
