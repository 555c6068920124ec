package org.tocsin.correspondents;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * When mail leaves for those who want it once a day: one hour for all, in UTC.
 *
 * @param hour from 0 to 23
 */
public record DailyHour(int hour) {
  /** At this very moment, or the next time. */
  Instant next(Instant now) {
    ZonedDateTime today =
        now.atZone(ZoneOffset.UTC)
            .toLocalDate()
            .atTime(LocalTime.of(hour, 0))
            .atZone(ZoneOffset.UTC);
    return (today.toInstant().isBefore(now) ? today.plusDays(1) : today).toInstant();
  }
}
