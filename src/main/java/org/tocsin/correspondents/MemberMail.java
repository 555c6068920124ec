package org.tocsin.correspondents;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiFunction;
import org.tocsin.broadcasts.DirectMail;
import org.tocsin.broadcasts.DirectMessage;
import org.tocsin.channels.email.Letter;
import org.tocsin.channels.email.MailContent;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;

/**
 * The letters on the way to a membership and through the portal's door. Subjects name no person and
 * no purpose (I11); whatever is the person's goes into sealed holes.
 */
public final class MemberMail {
  static final Duration VOUCH_FOR = Duration.ofDays(30);
  private static final String URL = "url";
  private static final String ADDRESS = "address";

  private final DirectMail mail;
  private final BiFunction<Letter, Messages, MailContent> press;
  private final Languages languages;
  private final Settings settings;
  private final InstantSource clock;

  /**
   * @param press {@code LetterPress::press}
   */
  public MemberMail(
      DirectMail mail,
      BiFunction<Letter, Messages, MailContent> press,
      Languages languages,
      Settings settings,
      InstantSource clock) {
    this.mail = mail;
    this.press = press;
    this.languages = languages;
    this.settings = settings;
    this.clock = clock;
  }

  /** To the typed address: is this yours? */
  void proof(Tx tx, ApplicationForm form, String token) {
    send(
        tx,
        "application_proof",
        form.address(),
        form.language(),
        Map.of(URL, link("/correspondents/application/" + token)),
        clock.instant().plus(Application.PENDING_FOR));
  }

  /** To the roster's address, never the typed one: was it you? */
  void vouch(Tx tx, RosterEntry entry, Application application, String token) {
    send(
        tx,
        "application_vouch",
        entry.address(),
        application.language(),
        Map.of(
            URL, link("/correspondents/vouch/" + token), ADDRESS, application.address().readable()),
        clock.instant().plus(VOUCH_FOR));
  }

  void welcome(Tx tx, EmailAddress to, String language) {
    send(tx, "member_welcome", to, language, Map.of(URL, link("/portal")), soon());
  }

  /** To a member who applies again. */
  void already(Tx tx, Member member) {
    send(
        tx,
        "member_already",
        member.address(),
        member.language(),
        Map.of(URL, link("/portal")),
        soon());
  }

  /** The link through the portal's door. */
  void signIn(Tx tx, Member member, String token, Instant expires) {
    send(
        tx,
        "portal_link",
        member.address(),
        member.language(),
        Map.of(URL, link("/portal/sign-in/" + token)),
        expires);
  }

  private Instant soon() {
    return clock.instant().plus(Application.PENDING_FOR);
  }

  private String link(String path) {
    return settings.http().link(path);
  }

  private void send(
      Tx tx,
      String kind,
      EmailAddress to,
      String language,
      Map<String, String> holes,
      Instant until) {
    Messages words = languages.in(language);
    String organisation = settings.organisation().name();
    Letter letter =
        Letter.confidential(
            words.text("members.mail." + kind + ".subject", organisation),
            words.text("members.mail." + kind + ".preheader", organisation),
            words.text("members.mail." + kind + ".body", organisation, "{{" + ADDRESS + "}}"),
            new Letter.Action(words.text("members.mail." + kind + ".action"), URL));
    mail.send(
        tx,
        new DirectMessage(
            kind, words.tag(), press.apply(letter, words), to.address(), holes, until));
  }
}
