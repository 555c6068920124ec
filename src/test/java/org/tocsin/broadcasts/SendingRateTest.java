package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.config.Settings.WarmUp;

class SendingRateTest {
  private static final Optional<WarmUp> FROM_JUNE =
      Optional.of(new WarmUp(LocalDate.of(2031, 6, 1), 864));

  @Test
  void withoutAnySettingThereIsNoLimit() {
    assertThat(SendingRate.ANY.at(Instant.EPOCH)).isEmpty();
  }

  @Test
  void aNewSenderDoublesItsMailsEachDay() {
    SendingRate rate = new SendingRate(OptionalDouble.empty(), FROM_JUNE);
    assertThat(rate.at(Instant.parse("2031-06-01T00:00:00Z"))).hasValue(0.01);
    assertThat(rate.at(Instant.parse("2031-06-01T23:59:59Z"))).hasValue(0.01);
    assertThat(rate.at(Instant.parse("2031-06-02T00:00:00Z"))).hasValue(0.02);
    assertThat(rate.at(Instant.parse("2031-06-11T12:00:00Z"))).hasValue(10.24);
  }

  @Test
  void beforeThatDayItIsAsOnIt() {
    SendingRate rate = new SendingRate(OptionalDouble.empty(), FROM_JUNE);
    assertThat(rate.at(Instant.parse("2030-01-01T00:00:00Z"))).hasValue(0.01);
  }

  @Test
  void theOperatorsRateIsNeverExceededAndHoldsWhenTheSenderIsWarm() {
    SendingRate rate = new SendingRate(OptionalDouble.of(5), FROM_JUNE);
    assertThat(rate.at(Instant.parse("2031-06-02T00:00:00Z"))).hasValue(0.02);
    assertThat(rate.at(Instant.parse("2031-06-11T00:00:00Z"))).hasValue(5);
    assertThat(rate.at(Instant.parse("2035-01-01T00:00:00Z"))).hasValue(5);
    assertThat(
            new SendingRate(OptionalDouble.empty(), FROM_JUNE)
                .at(Instant.parse("2035-01-01T00:00:00Z")))
        .isEmpty();
  }
}
