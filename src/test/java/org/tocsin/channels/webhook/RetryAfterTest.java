package org.tocsin.channels.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("1994-11-06T08:00:00Z");
  private static final Instant LATER = Instant.parse("2026-06-15T09:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "1, PT1S",
    "' 120 ', PT2M",
    "86400, PT24H",
    "86401, PT24H",
    "99999999999999999999, PT24H",
    "'Sun, 06 Nov 1994 08:49:37 GMT', PT49M37S",
    "Sun Nov  6 08:49:37 1994, PT49M37S",
    "'Tue, 08 Nov 1994 08:49:37 GMT', PT24H",
  })
  void theWishIsHonouredUpToADay(String header, Duration wait) {
    assertThat(RetryAfter.read(header, NOW)).hasValue(wait);
  }

  @ParameterizedTest
  @CsvSource({
    "'Monday, 15-Jun-26 09:30:00 GMT', PT30M",
    "'Mon, 15 Jun 2026 09:30:00 GMT', PT30M",
    "Mon Jun 15 09:30:00 2026, PT30M"
  })
  void everyFormOfAnHttpDateIsRead(String header, Duration wait) {
    assertThat(RetryAfter.read(header, LATER)).hasValue(wait);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-5",
        "1.5",
        "soon",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Mon, 31 Feb 2026 09:30:00 GMT"
      })
  void whatSaysNothingOfTheFutureIsNoWish(String header) {
    assertThat(RetryAfter.read(header, LATER)).isEmpty();
  }
}
