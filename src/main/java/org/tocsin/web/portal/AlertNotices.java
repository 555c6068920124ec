package org.tocsin.web.portal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tocsin.alerts.Reading;
import org.tocsin.alerts.Reading.Standing;
import org.tocsin.alerts.Readings;
import org.tocsin.alerts.Urgency;
import org.tocsin.correspondents.Member;
import org.tocsin.platform.language.Messages;
import org.tocsin.platform.time.UtcDay;

/** Alerts on the front page: what was stopped, what waits, what to do by when, what to know. */
public final class AlertNotices implements Notices {
  /** So long is a stop, or a piece of information, news. */
  private static final Duration RECENT = Duration.ofDays(30);

  private static final Comparator<Reading> MOST_URGENT =
      Comparator.comparingInt(AlertNotices::rank)
          .thenComparing(reading -> actBy(reading).orElse(LocalDate.MAX))
          .thenComparing(AlertNotices::urgency)
          .thenComparing(Reading::since, Comparator.reverseOrder());

  private final Readings readings;
  private final InstantSource clock;

  public AlertNotices(Readings readings, InstantSource clock) {
    this.readings = readings;
    this.clock = clock;
  }

  @Override
  public Board of(Member member, Messages words) {
    List<Reading> all = readings.of(member);
    Instant recent = clock.instant().minus(RECENT);
    return new Board(
        all.stream()
            .filter(reading -> isNow(reading, recent))
            .sorted(MOST_URGENT)
            .map(reading -> notice(member, reading, words))
            .toList(),
        all.stream()
            .filter(reading -> !isNow(reading, recent))
            .sorted(Comparator.comparing(Reading::since).reversed())
            .map(reading -> notice(member, reading, words))
            .toList());
  }

  private static boolean isNow(Reading reading, Instant recent) {
    return switch (reading.standing()) {
      case HELD -> true;
      case STOPPED -> reading.since().isAfter(recent);
      case OPEN -> reading.asks() || reading.since().isAfter(recent);
      case EXPIRED, CLOSED -> false;
    };
  }

  /** What must not be done comes before what should. */
  private static int rank(Reading reading) {
    return switch (reading.standing()) {
      case STOPPED -> 0;
      case HELD -> 1;
      case OPEN -> reading.asks() ? 2 : 3;
      case EXPIRED, CLOSED -> 4;
    };
  }

  private static Optional<LocalDate> actBy(Reading reading) {
    return reading.latest().flatMap(latest -> latest.message().draft().actBy());
  }

  private static Urgency urgency(Reading reading) {
    return reading
        .latest()
        .map(latest -> latest.message().draft().urgency())
        .orElse(Urgency.UNKNOWN);
  }

  private static Notice notice(Member member, Reading reading, Messages words) {
    String reference = reading.reference().text();
    String key = "alerts.portal.notice.";
    String title =
        reading
            .latest()
            .map(latest -> latest.message().draft().text().ask())
            .orElseGet(() -> words.text(key + reading.standing().name() + ".title", reference));
    String practice =
        Practice.of(member, reading)
            .map(mode -> words.text("alerts.portal.practice." + mode.name()) + " ")
            .orElse("");
    return new Notice(
        title,
        practice + text(reading, key, words),
        "/portal/alerts/" + reference,
        switch (reading.standing()) {
          case STOPPED -> Tone.STOP;
          case HELD -> Tone.HELD;
          case OPEN, EXPIRED, CLOSED -> Tone.PLAIN;
        });
  }

  private static String text(Reading reading, String key, Messages words) {
    DateTimeFormatter date =
        DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(words.locale());
    if (reading.standing() == Standing.OPEN && reading.asks() && actBy(reading).isPresent()) {
      return words.text("alerts.portal.act_by", date.format(actBy(reading).orElseThrow()));
    }
    String standing =
        reading.standing() != Standing.OPEN
            ? reading.standing().name()
            : reading.asks() ? "ACTION" : "INFORMATION";
    return words.text(key + standing, date.format(UtcDay.of(reading.since())));
  }
}
