package org.tocsin.alerts;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.tocsin.channels.email.MailContent;
import org.tocsin.correspondents.ThinLetters;
import org.tocsin.network.EventDraft;
import org.tocsin.network.EventType;
import org.tocsin.network.Scope;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.language.Messages;
import org.tocsin.release.ReleaseOrder.Mode;

/**
 * Sets the thin letter and the thin event. It is given a {@link Thin} and nothing else of the
 * message, and the subject is the same for all of them.
 */
public final class ThinPress {
  private final ThinLetters letters;
  private final Settings settings;

  public ThinPress(ThinLetters letters, Settings settings) {
    this.letters = letters;
    this.settings = settings;
  }

  /** By language. */
  SortedMap<String, MailContent> letters(Thin thin) {
    return letters.set(words -> practice(thin, words) + says(thin, words));
  }

  private static String practice(Thin thin, Messages words) {
    return thin.mode() == Mode.ACTUAL
        ? ""
        : words.text("alerts.mail.practice." + thin.mode().name()) + "\n\n";
  }

  private static String says(Thin thin, Messages words) {
    String reference = thin.reference().text();
    return switch (thin.type()) {
      case ALERT -> ThinLetters.says(reference, words);
      case UPDATE, STOP -> words.text("alerts.mail.body." + thin.type().name(), reference);
    };
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
