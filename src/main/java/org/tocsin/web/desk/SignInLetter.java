package org.tocsin.web.desk;

import java.util.Map;
import java.util.function.BiFunction;
import org.tocsin.access.MailedLink;
import org.tocsin.access.SignInPost;
import org.tocsin.access.StaffMember;
import org.tocsin.broadcasts.DirectMail;
import org.tocsin.broadcasts.DirectMessage;
import org.tocsin.channels.email.Letter;
import org.tocsin.channels.email.MailContent;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;

/**
 * The letter that brings a sign-in link and a code. Both are in sealed holes, never in the words.
 */
public final class SignInLetter implements SignInPost {
  private static final String URL = "url";
  private static final String CODE = "code";

  private final DirectMail mail;
  private final BiFunction<Letter, Messages, MailContent> press;
  private final Messages words;
  private final Settings settings;

  /**
   * @param press {@code LetterPress::press}
   */
  public SignInLetter(
      DirectMail mail,
      BiFunction<Letter, Messages, MailContent> press,
      Languages languages,
      Settings settings) {
    this.mail = mail;
    this.press = press;
    this.words = languages.in(Languages.DEFAULT);
    this.settings = settings;
  }

  @Override
  public void send(Tx tx, StaffMember to, MailedLink link) {
    String organisation = settings.organisation().name();
    String kind = link.anywhere() ? "anywhere" : link.replacesPassword() ? "new_password" : "bound";
    Letter letter =
        Letter.ours(
            words.text("mail.sign_in.subject", organisation),
            words.text("mail.sign_in." + kind + ".preheader"),
            words.text("mail.sign_in." + kind + ".body", organisation, "{{" + CODE + "}}"),
            new Letter.Action(words.text("mail.sign_in.action"), URL));
    mail.send(
        tx,
        new DirectMessage(
            "sign_in",
            words.tag(),
            press.apply(letter, words),
            to.email(),
            Map.of(URL, settings.http().link("/desk/sign-in/" + link.token()), CODE, link.code()),
            link.expires()));
  }
}
