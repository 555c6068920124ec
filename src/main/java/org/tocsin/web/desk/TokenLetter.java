package org.tocsin.web.desk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.tocsin.access.ApiTokens.Token;
import org.tocsin.access.StaffMember;
import org.tocsin.access.TokenPost;
import org.tocsin.broadcasts.DirectMail;
import org.tocsin.broadcasts.DirectMessage;
import org.tocsin.channels.email.Letter;
import org.tocsin.channels.email.MailContent;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;

/** The letters about an API token, to its owner; the token itself is in none of them. */
public final class TokenLetter implements TokenPost {
  private static final String URL = "url";
  private static final String NAME = "token";
  private static final Duration TRY_FOR = Duration.ofDays(2);

  private final DirectMail mail;
  private final BiFunction<Letter, Messages, MailContent> press;
  private final Messages words;
  private final Settings settings;
  private final InstantSource clock;

  /**
   * @param press {@code LetterPress::press}
   */
  public TokenLetter(
      DirectMail mail,
      BiFunction<Letter, Messages, MailContent> press,
      Languages languages,
      Settings settings,
      InstantSource clock) {
    this.mail = mail;
    this.press = press;
    this.words = languages.in(Languages.DEFAULT);
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void made(Tx tx, StaffMember owner, Token token) {
    send(tx, "token_made", owner, token);
  }

  @Override
  public void ends(Tx tx, StaffMember owner, Token token) {
    send(tx, "token_ends", owner, token);
  }

  private void send(Tx tx, String kind, StaffMember owner, Token token) {
    String organisation = settings.organisation().name();
    String ends = day(token.expires());
    Letter letter =
        Letter.ours(
            words.text("mail." + kind + ".subject", organisation, ends),
            words.text("mail." + kind + ".preheader", ends),
            words.text(
                "mail." + kind + ".body", organisation, "{{" + NAME + "}}", scope(token), ends),
            new Letter.Action(words.text("mail." + kind + ".action"), URL));
    mail.send(
        tx,
        new DirectMessage(
            kind,
            words.tag(),
            press.apply(letter, words),
            owner.email(),
            Map.of(
                NAME,
                token.name().isEmpty() ? words.text("mail.token.nameless") : token.name(),
                URL,
                settings.http().link("/desk/account")),
            clock.instant().plus(TRY_FOR)));
  }

  /** Words of ours alone: nobody typed them. */
  private String scope(Token token) {
    List<String> listed = token.scope().sorted();
    return listed.isEmpty()
        ? words.text("mail.token.everything")
        : listed.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
  }

  private String day(Instant at) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
        .withLocale(words.locale())
        .format(at.atOffset(ZoneOffset.UTC));
  }
}
