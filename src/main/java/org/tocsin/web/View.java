package org.tocsin.web;

import com.ibm.icu.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.access.Permission;
import org.tocsin.access.Session;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.language.Messages;

/**
 * All that a template may know besides its own model: words, links, who is signed in, what time it
 * is.
 */
public record View(
    Settings settings,
    Messages messages,
    String path,
    Optional<Session> session,
    Optional<HoldNotice> hold,
    Instant now,
    Assets assets) {

  public String t(String key, @Nullable Object... arguments) {
    return messages.text(key, arguments);
  }

  /** A word that may lack a text of its own, e.g. a state: {@code desk.state.PAUSED}. */
  public String word(String prefix, String word) {
    String key = prefix + "." + word;
    return messages.has(key)
        ? messages.text(key)
        : word.toLowerCase(messages.locale()).replace('_', ' ');
  }

  public String asset(String name) {
    return assets.url(name);
  }

  /** An absolute link, for feeds and mails. */
  public String link(String path) {
    return settings.http().link(path);
  }

  public String organisation() {
    return settings.organisation().name();
  }

  public boolean may(Permission permission) {
    return session.map(s -> s.staff().may(permission)).orElse(false);
  }

  public boolean may(String permission) {
    return may(Permission.valueOf(permission));
  }

  public String csrf() {
    return session.map(Session::csrf).orElse("");
  }

  /** For {@code aria-current}: absent elsewhere. */
  public @Nullable String current(String prefix) {
    return path.equals(prefix) || path.startsWith(prefix + "/") ? "page" : null;
  }

  public String number(long number) {
    return NumberFormat.getIntegerInstance(messages.locale()).format(number);
  }

  /** With its zone: a time without one is wrong for somebody. */
  public String time(Instant instant) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
            .withLocale(messages.locale())
            .format(instant.atZone(ZoneOffset.UTC))
        + " UTC";
  }

  public String date(Instant instant) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
        .withLocale(messages.locale())
        .format(instant.atZone(ZoneOffset.UTC));
  }

  /** For the {@code datetime} attribute. */
  public String iso(Instant instant) {
    return instant.toString();
  }

  /** "4 minutes ago"; the exact time belongs beside it, on hover and focus. */
  public String ago(Instant instant) {
    Duration since = Duration.between(instant, now);
    String direction = since.isNegative() ? "desk.time.in_" : "desk.time.ago_";
    Duration length = since.abs();
    if (length.toSeconds() < 60) {
      return t(direction + "seconds", length.toSeconds());
    }
    if (length.toMinutes() < 60) {
      return t(direction + "minutes", length.toMinutes());
    }
    return length.toHours() < 48
        ? t(direction + "hours", length.toHours())
        : t(direction + "days", length.toDays());
  }
}
