package org.tocsin.platform.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The hub's calendar is UTC's: the same day for everybody, whatever their clocks say. */
public final class UtcDay {
  private UtcDay() {}

  public static LocalDate of(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC).toLocalDate();
  }
}
