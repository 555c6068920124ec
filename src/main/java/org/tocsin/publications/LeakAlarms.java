package org.tocsin.publications;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.tocsin.access.Permission;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffId;
import org.tocsin.access.StaffMember;
import org.tocsin.broadcasts.DirectMail;
import org.tocsin.broadcasts.DirectMessage;
import org.tocsin.channels.email.Letter;
import org.tocsin.channels.email.MailContent;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;

/**
 * Tells those who keep the house safe that the texts of one editor named people of cases unusually
 * often: by a mail that says nothing, and at the desk. Whom it is about hears nothing of it, also
 * where they keep the house safe themselves.
 */
public final class LeakAlarms {
  private static final String URL = "url";
  private static final Duration SHOWN_FOR = Duration.ofDays(30);
  private static final Duration TRY_FOR = Duration.ofDays(3);

  private final Database database;
  private final Staff staff;
  private final DirectMail mail;
  private final BiFunction<Letter, Messages, MailContent> press;
  private final Messages words;
  private final Settings settings;
  private final InstantSource clock;
  private final SubmissionRepository submissions;

  /**
   * @param press {@code LetterPress::press}
   */
  public LeakAlarms(
      Database database,
      Sealer sealer,
      Staff staff,
      DirectMail mail,
      BiFunction<Letter, Messages, MailContent> press,
      Languages languages,
      Settings settings,
      InstantSource clock) {
    this.database = database;
    this.submissions = new SubmissionRepository(new NewsletterVault(sealer));
    this.staff = staff;
    this.mail = mail;
    this.press = press;
    this.words = languages.in(Languages.DEFAULT);
    this.settings = settings;
    this.clock = clock;
  }

  /** Whose texts, and when it was noticed. */
  public record Alarm(StaffId staff, Instant at) {}

  /** Of the last weeks, newest first; for whoever may read them, without those about the reader. */
  public List<Alarm> recent(StaffMember reader) {
    return reader.may(Permission.READ_LEAK_ALARMS)
        ? submissions.alarms(database, clock.instant().minus(SHOWN_FOR)).stream()
            .filter(alarm -> !alarm.staff().equals(reader.id()))
            .toList()
        : List.of();
  }

  List<StaffMember> guards() {
    return staff.list().stream()
        .filter(entry -> entry.ended().isEmpty())
        .map(Staff.Entry::member)
        .filter(member -> member.may(Permission.READ_LEAK_ALARMS))
        .toList();
  }

  void send(Tx tx, List<StaffMember> guards, StaffId about, Instant now) {
    String organisation = settings.organisation().name();
    Letter letter =
        Letter.ours(
            words.text("mail.leak_alarm.subject", organisation),
            words.text("mail.leak_alarm.preheader"),
            words.text("mail.leak_alarm.body", organisation),
            new Letter.Action(words.text("mail.leak_alarm.action"), URL));
    MailContent pressed = press.apply(letter, words);
    guards.stream()
        .filter(guard -> !guard.id().equals(about))
        .forEach(
            guard ->
                mail.send(
                    tx,
                    new DirectMessage(
                        "leak_alarm",
                        words.tag(),
                        pressed,
                        guard.email(),
                        Map.of(URL, settings.http().link("/desk")),
                        now.plus(TRY_FOR))));
  }
}
