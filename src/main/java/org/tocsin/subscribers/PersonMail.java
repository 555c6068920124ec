package org.tocsin.subscribers;

import com.ibm.icu.text.ListFormatter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
 * The letters that a person's own doing causes. Whatever is the person's goes into sealed holes.
 */
public final class PersonMail {
  private static final String URL = "url";
  private static final String TOPICS = "topics";

  private final DirectMail mail;
  private final BiFunction<Letter, Messages, MailContent> press;
  private final Languages languages;
  private final String organisation;
  private final PersonLinks links;
  private final InstantSource clock;

  /**
   * @param press {@code LetterPress::press}
   */
  public PersonMail(
      DirectMail mail,
      BiFunction<Letter, Messages, MailContent> press,
      Languages languages,
      Settings.Organisation organisation,
      PersonLinks links,
      InstantSource clock) {
    this.mail = mail;
    this.press = press;
    this.languages = languages;
    this.organisation = organisation.name();
    this.links = links;
    this.clock = clock;
  }

  /** To somebody who is not, or no longer, signed up. */
  void confirmation(
      Tx tx,
      EmailAddress to,
      String language,
      SubscriberId id,
      int generation,
      List<String> topics) {
    confirm(tx, "confirmation", to, language, id, generation, topics);
  }

  /** To somebody signed up who asked for more. */
  void newChoices(Tx tx, Person person, List<String> topics) {
    confirm(
        tx,
        "new_choices",
        person.address(),
        person.language(),
        person.id(),
        person.links(),
        topics);
  }

  private void confirm(
      Tx tx,
      String kind,
      EmailAddress to,
      String language,
      SubscriberId id,
      int generation,
      List<String> topics) {
    Instant now = clock.instant();
    Messages words = languages.in(language);
    send(
        tx,
        kind,
        to,
        words,
        Map.of(
            URL,
            links.confirmUrl(links.confirm(id, generation, now, topics)),
            TOPICS,
            ListFormatter.getInstance(words.locale()).format(Topics.labels(topics, words))),
        now.plus(Person.PENDING_FOR));
  }

  /** To somebody signed up who asked for nothing new. */
  void alreadySignedUp(Tx tx, Person person) {
    preferences(tx, "already_signed_up", person);
  }

  /** To somebody whose link is too old. */
  void newLink(Tx tx, Person person) {
    preferences(tx, "new_link", person);
  }

  private void preferences(Tx tx, String kind, Person person) {
    Instant now = clock.instant();
    send(
        tx,
        kind,
        person.address(),
        languages.in(person.language()),
        Map.of(URL, links.preferencesUrl(links.preferences(person.id(), person.links(), now))),
        now.plus(PersonLinks.PREFERENCES_FOR));
  }

  /** To both mailboxes of a change of address, each with its own proof. */
  void proveAddress(
      Tx tx, String language, EmailAddress to, long change, PersonLinks.Side side, Instant until) {
    send(
        tx,
        side == PersonLinks.Side.OLD ? "address_old" : "address_new",
        to,
        languages.in(language),
        Map.of(URL, links.proofUrl(links.proof(change, side))),
        until);
  }

  private void send(
      Tx tx,
      String kind,
      EmailAddress to,
      Messages words,
      Map<String, String> holes,
      Instant until) {
    Letter letter =
        Letter.ours(
            words.text("mail." + kind + ".subject", organisation),
            words.text("mail." + kind + ".preheader", organisation),
            words.text("mail." + kind + ".body", organisation, "{{" + TOPICS + "}}"),
            new Letter.Action(words.text("mail." + kind + ".action"), URL));
    mail.send(
        tx,
        new DirectMessage(
            kind, words.tag(), press.apply(letter, words), to.address(), holes, until));
  }
}
