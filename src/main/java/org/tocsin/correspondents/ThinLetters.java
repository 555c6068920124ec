package org.tocsin.correspondents;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.tocsin.channels.email.Letter;
import org.tocsin.channels.email.MailContent;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;

/**
 * Sets the thin letter: there is something to read behind the sign-in, and the code by which to
 * check that the mail is ours. Subject, preheader and button are the same for whatever it is that
 * waits there (I11); its holes are those of {@link CorrespondentAudience}.
 */
public final class ThinLetters {
  private final BiFunction<Letter, Messages, MailContent> press;
  private final Languages languages;
  private final Settings settings;

  /**
   * @param press {@code LetterPress::press}
   */
  public ThinLetters(
      BiFunction<Letter, Messages, MailContent> press, Languages languages, Settings settings) {
    this.press = press;
    this.languages = languages;
    this.settings = settings;
  }

  /** What most say: there is a message, and this is its random reference. */
  public static String says(String reference, Messages words) {
    return words.text("members.mail.thin.body", reference);
  }

  /**
   * By language.
   *
   * @param says the words between greeting and code, in Markdown; nothing of what waits inside
   */
  public SortedMap<String, MailContent> set(Function<Messages, String> says) {
    SortedMap<String, MailContent> letters = new TreeMap<>();
    for (String tag : languages.tags()) {
      Messages words = languages.in(tag);
      letters.put(tag, letter(says.apply(words), words));
    }
    return letters;
  }

  private MailContent letter(String says, Messages words) {
    String organisation = settings.organisation().name();
    return press.apply(
        Letter.confidential(
            words.text("members.mail.thin.subject", organisation),
            words.text("members.mail.thin.preheader"),
            says
                + "\n\n"
                + words.text(
                    "members.mail.thin.check", "{{code}}", settings.http().link("/verify")),
            new Letter.Action(words.text("members.mail.thin.action"), "portal_url")),
        words);
  }
}
