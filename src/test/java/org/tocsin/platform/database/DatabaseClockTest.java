package org.tocsin.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.tocsin.testing.TestHub;

/** A hub goes by the database's clock, also while there is no database. */
class DatabaseClockTest {
  @Test
  void itTellsTheTimeOfTheDatabaseAndGoesOnWithoutIt() {
    TestHub hub = new TestHub();
    try (DatabaseClock clock = DatabaseClock.open(hub.hub)) {
      Instant there =
          hub.hub.get(
              "SELECT clock_timestamp() AS now", row -> row.getOffsetDateTime("now").toInstant());
      assertThat(Duration.between(there, clock.instant()).abs()).isLessThan(Duration.ofSeconds(1));
      hub.close();
      Instant last = clock.instant();
      eventually("it goes on", () -> clock.instant().isAfter(last.plusMillis(1)));
    }
  }
}
