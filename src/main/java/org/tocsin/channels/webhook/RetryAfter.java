package org.tocsin.channels.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads Retry-After (RFC 9110, 10.2.3): seconds, or one of the three forms of an HTTP date. */
final class RetryAfter {
  /** Nobody can put us off for longer. */
  static final Duration LONGEST = Duration.ofHours(24);

  private static final List<DateTimeFormatter> DATES =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, 2_000)
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.ENGLISH),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH));

  private RetryAfter() {}

  /** How long to wait from now; empty where the header says nothing that lies ahead. */
  static Optional<Duration> read(String header, Instant now) {
    String text = header.strip();
    Optional<Duration> wish =
        text.matches("[0-9]+") ? seconds(text) : date(text).map(at -> Duration.between(now, at));
    return wish.filter(Duration::isPositive)
        .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
  }

  private static Optional<Duration> seconds(String digits) {
    return Optional.of(
        digits.length() > 9 ? LONGEST : Duration.ofSeconds(Integer.parseInt(digits)));
  }

  private static Optional<Instant> date(String text) {
    for (DateTimeFormatter form : DATES) {
      try {
        return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
      } catch (DateTimeException anotherForm) {
        // the next form is tried
      }
    }
    return Optional.empty();
  }
}
