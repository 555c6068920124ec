package org.tocsin.correspondents;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.tocsin.access.MailedLink;
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

  /** All of them, as the engine names them. */
  static final List<String> KINDS =
      List.of(
          "application_proof",
          "application_vouch",
          "member_welcome",
          "member_already",
          "portal_link",
          "member_address_old",
          "member_address_new",
          "member_address_changed");

  private static final String URL = "url";
  private static final String ADDRESS = "address";
  private static final String CODE = "code";

  /** In what goes to an address that is not the member's, so that it is found when they leave. */
  private static final String MEMBER = "member";

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

  /** The link through the portal's door, and the code for who reads this on another device. */
  void signIn(Tx tx, Member member, MailedLink link) {
    send(
        tx,
        "portal_link",
        link.anywhere() ? "portal_link_anywhere" : "portal_link",
        member.address(),
        member.language(),
        Map.of(URL, link("/portal/sign-in/" + link.token()), CODE, link.code()),
        link.expires());
  }

  /** To the present address: do you want this? */
  void proveOld(Tx tx, Member member, String token, Instant until) {
    change(tx, "member_address_old", member, member.address(), token, until);
  }

  /** To the address they want: is it yours? */
  void proveNew(Tx tx, Member member, EmailAddress to, String token, Instant until) {
    change(tx, "member_address_new", member, to, token, until);
  }

  private void change(
      Tx tx, String kind, Member member, EmailAddress to, String token, Instant until) {
    send(
        tx,
        kind,
        to,
        member.language(),
        Map.of(URL, link("/portal/address/" + token), MEMBER, mark(member.id())),
        until);
  }

  /** To the address that was theirs until now. */
  void addressChanged(Tx tx, Member before) {
    send(
        tx,
        "member_address_changed",
        before.address(),
        before.language(),
        Map.of(URL, link("/portal"), MEMBER, mark(before.id())),
        soon());
  }

  static String mark(MemberId id) {
    return id.subject();
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
    send(tx, kind, kind, to, language, holes, until);
  }

  /**
   * @param text under which name the letter stands in the bundles
   */
  private void send(
      Tx tx,
      String kind,
      String text,
      EmailAddress to,
      String language,
      Map<String, String> holes,
      Instant until) {
    Messages words = languages.in(language);
    String organisation = settings.organisation().name();
    Letter letter =
        Letter.confidential(
            words.text("members.mail." + text + ".subject", organisation),
            words.text("members.mail." + text + ".preheader", organisation),
            words.text(
                "members.mail." + text + ".body",
                organisation,
                "{{" + ADDRESS + "}}",
                "{{" + CODE + "}}"),
            new Letter.Action(words.text("members.mail." + text + ".action"), URL));
    mail.send(
        tx,
        new DirectMessage(
            kind, words.tag(), press.apply(letter, words), to.address(), holes, until));
  }
}
