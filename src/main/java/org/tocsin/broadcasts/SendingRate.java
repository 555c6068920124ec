package org.tocsin.broadcasts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tocsin.platform.config.Settings.WarmUp;

/**
 * How many mails a second may leave: at most what the operator set, and of a new address first few,
 * then each day twice as many, as mailbox providers want it.
 */
public record SendingRate(OptionalDouble most, Optional<WarmUp> warmUp) {
  private static final int SECONDS_A_DAY = 86_400;

  /** By then it is a million times as many. */
  private static final int LONGEST = 20;

  /** No limit. */
  public static final SendingRate ANY = new SendingRate(OptionalDouble.empty(), Optional.empty());

  /** Empty for no limit. */
  public OptionalDouble at(Instant now) {
    OptionalDouble ramp = warmUp.map(from -> ramp(from, now)).orElse(OptionalDouble.empty());
    if (ramp.isEmpty() || most.isEmpty()) {
      return ramp.isEmpty() ? most : ramp;
    }
    return OptionalDouble.of(Math.min(ramp.getAsDouble(), most.getAsDouble()));
  }

  private static OptionalDouble ramp(WarmUp warmUp, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    int days = Math.clamp(ChronoUnit.DAYS.between(warmUp.from(), today), 0, LONGEST + 1);
    return days > LONGEST
        ? OptionalDouble.empty()
        : OptionalDouble.of(warmUp.firstDay() * Math.pow(2, days) / SECONDS_A_DAY);
  }
}
