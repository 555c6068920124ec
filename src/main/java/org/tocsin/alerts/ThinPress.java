package org.tocsin.alerts;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.tocsin.channels.email.Letter;
import org.tocsin.channels.email.MailContent;
import org.tocsin.network.EventDraft;
import org.tocsin.network.EventType;
import org.tocsin.network.Scope;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.release.ReleaseOrder.Mode;

/**
 * Sets the thin letter and the thin event. It is given a {@link Thin} and nothing else of the
 * message, and the subject is the same for all of them.
 */
public final class ThinPress {
  private final BiFunction<Letter, Messages, MailContent> press;
  private final Languages languages;
  private final Settings settings;

  /**
   * @param press {@code LetterPress::press}
   */
  public ThinPress(
      BiFunction<Letter, Messages, MailContent> press, Languages languages, Settings settings) {
    this.press = press;
    this.languages = languages;
    this.settings = settings;
  }

  /** By language; the holes are the portal's front door and the code by which a mail is checked. */
  SortedMap<String, MailContent> letters(Thin thin) {
    SortedMap<String, MailContent> letters = new TreeMap<>();
    for (String tag : languages.tags()) {
      letters.put(tag, letter(thin, languages.in(tag)));
    }
    return letters;
  }

  private MailContent letter(Thin thin, Messages words) {
    String organisation = settings.organisation().name();
    String practice =
        thin.mode() == Mode.ACTUAL
            ? ""
            : words.text("alerts.mail.practice." + thin.mode().name()) + "\n\n";
    return press.apply(
        Letter.confidential(
            words.text("alerts.mail.subject", organisation),
            words.text("alerts.mail.preheader"),
            practice
                + words.text("alerts.mail.body." + thin.type().name(), thin.reference().text())
                + "\n\n"
                + words.text("alerts.mail.check", "{{code}}", settings.http().link("/verify")),
            new Letter.Action(words.text("alerts.mail.action"), "portal_url")),
        words);
  }

  EventDraft event(Thin thin) {
    EventType type =
        switch (thin.type()) {
          case ALERT -> EventType.ALERT_ISSUED;
          case UPDATE -> EventType.ALERT_UPDATED;
          case STOP -> EventType.ALERT_STOPPED;
        };
    List<String> references = IntStream.range(0, thin.no()).mapToObj(thin::id).toList();
    return new EventDraft(
        Scope.NETWORK,
        type,
        thin.reference().text(),
        new JsonObject()
            .put("id", thin.id())
            .put("type", thin.type().name().toLowerCase(Locale.ROOT))
            .put("url", settings.http().link(thin.portalPath())),
        references);
  }
}
