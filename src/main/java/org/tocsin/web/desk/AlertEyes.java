package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tocsin.alerts.Addressee;
import org.tocsin.alerts.Alert;
import org.tocsin.alerts.AlertDraft;
import org.tocsin.alerts.AlertType;
import org.tocsin.alerts.Alerts;
import org.tocsin.alerts.Frozen;
import org.tocsin.channels.email.MailContent;
import org.tocsin.correspondents.Circle;
import org.tocsin.letters.LetterText;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.platform.time.UtcDay;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;

/**
 * What each of those who get a message sees of it, in each language, for whoever writes, approves
 * and releases it: made from what will be sent, by what makes it when it is sent.
 */
public final class AlertEyes {
  /** What differs from reader to reader of a thin letter. */
  static final Map<String, String> SAMPLE =
      Map.of("code", "ABCDE-FGHIJ-KLMNO", "portal_url", "/portal");

  private final Alerts alerts;
  private final AlertIds ids;
  private final InstantSource clock;
  private final Pages pages;

  AlertEyes(Alerts alerts, AlertIds ids, InstantSource clock, Pages pages) {
    this.alerts = alerts;
    this.ids = ids;
    this.clock = clock;
    this.pages = pages;
  }

  /** Who looks at it. */
  public enum Eye {
    CORRESPONDENT,
    NETWORK,
    WEBHOOK,
    SUBSCRIBER,
    PUBLIC
  }

  /** An addressee and the letter that a reader sends them. */
  public record Made(Addressee to, String text) {}

  /**
   * @param told whether this eye learns of it at all
   * @param page of the very reader, for a frame
   * @param words in that language
   * @param mail the thin letter in that language, its text filled as one reader would have it
   * @param event what an endpoint is sent
   */
  public record Seen(
      Eye eye,
      boolean told,
      String page,
      List<String> languages,
      String language,
      Messages words,
      MailContent mail,
      String text,
      List<Made> letters,
      String event) {}

  Seen seen(RoutingContext ctx, Alert alert, Frozen frozen) {
    Eye eye = eye(ctx, alert, frozen.draft());
    String language = language(ctx, frozen.letters());
    Messages words = pages.in(language);
    MailContent mail = mail(frozen, language);
    return new Seen(
        eye,
        told(eye, alert, frozen.draft()),
        ids.path(alert.id()) + "/as/" + circle(eye, frozen.draft()).word() + "?lang=" + language,
        List.copyOf(frozen.letters().keySet()),
        language,
        words,
        mail,
        MailFrame.filled(mail.text(), SAMPLE),
        letters(frozen.draft(), words),
        alerts.event(alert));
  }

  /** Whoever learns of it, where nobody was asked for. */
  private static Eye eye(RoutingContext ctx, Alert alert, AlertDraft draft) {
    String asked = Params.query(ctx, "as", 20).orElse("").toUpperCase(Locale.ROOT);
    return Stream.concat(
            Arrays.stream(Eye.values()).filter(eye -> eye.name().equals(asked)),
            Arrays.stream(Eye.values()).filter(eye -> told(eye, alert, draft)))
        .findFirst()
        .orElse(Eye.CORRESPONDENT);
  }

  private static boolean told(Eye eye, Alert alert, AlertDraft draft) {
    boolean stop = alert.type() == AlertType.STOP;
    return switch (eye) {
      case CORRESPONDENT ->
          stop
              || draft.circles().contains(Circle.CORRESPONDENT)
              || draft.circles().contains(Circle.DRILL);
      case NETWORK -> stop || draft.circles().contains(Circle.NETWORK);
      case WEBHOOK -> stop || draft.webhook();
      case SUBSCRIBER, PUBLIC -> false;
    };
  }

  private static Circle circle(Eye eye, AlertDraft draft) {
    if (eye == Eye.NETWORK) {
      return Circle.NETWORK;
    }
    return draft.circles().contains(Circle.DRILL) ? Circle.DRILL : Circle.CORRESPONDENT;
  }

  /** The one that was asked for, where there is a letter in it. */
  static String language(RoutingContext ctx, Map<String, MailContent> letters) {
    return Params.query(ctx, "letter", 20)
        .filter(letters::containsKey)
        .orElseGet(
            () ->
                letters.containsKey(Languages.DEFAULT)
                    ? Languages.DEFAULT
                    : letters.keySet().iterator().next());
  }

  private static MailContent mail(Frozen frozen, String language) {
    return Optional.ofNullable(frozen.letters().get(language))
        .orElseThrow(() -> new NotFound("letter"));
  }

  private List<Made> letters(AlertDraft draft, Messages words) {
    return Addressee.of(draft).stream()
        .flatMap(
            to ->
                to
                    .made(words.text("alerts.eye.reader"), UtcDay.of(clock.instant()))
                    .map(letter -> new Made(to, LetterText.of(letter)))
                    .stream())
        .toList();
  }

  /** The HTML part of the thin letter, for a frame. */
  void frame(RoutingContext ctx, Alert alert) {
    String language = Params.query(ctx, "letter", 20).orElse(Languages.DEFAULT);
    MailFrame.show(ctx, mail(alerts.frozen(alert), language), SAMPLE);
  }
}
