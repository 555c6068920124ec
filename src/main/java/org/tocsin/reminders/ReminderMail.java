package org.tocsin.reminders;

import java.time.Instant;
import java.util.Map;
import java.util.function.BiFunction;
import org.tocsin.access.StaffMember;
import org.tocsin.broadcasts.DirectMail;
import org.tocsin.broadcasts.DirectMessage;
import org.tocsin.channels.email.Letter;
import org.tocsin.channels.email.MailContent;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;

/** How many things wait at the desk; no case, person or place is known here, so none is told. */
public final class ReminderMail {
  private static final String URL = "url";

  private final DirectMail mail;
  private final BiFunction<Letter, Messages, MailContent> press;
  private final Messages words;
  private final Settings settings;

  /**
   * @param press {@code LetterPress::press}
   */
  public ReminderMail(
      DirectMail mail,
      BiFunction<Letter, Messages, MailContent> press,
      Languages languages,
      Settings settings) {
    this.mail = mail;
    this.press = press;
    this.words = languages.in(Languages.DEFAULT);
    this.settings = settings;
  }

  void send(Tx tx, StaffMember to, long things, Instant expires) {
    String organisation = settings.organisation().name();
    Letter letter =
        Letter.ours(
            words.text("mail.reminder.subject", organisation),
            words.text("mail.reminder.preheader"),
            words.text("mail.reminder.body", things, organisation),
            new Letter.Action(words.text("mail.reminder.action"), URL));
    mail.send(
        tx,
        new DirectMessage(
            "reminder",
            words.tag(),
            press.apply(letter, words),
            to.email(),
            Map.of(URL, settings.http().link("/desk")),
            expires));
  }
}
