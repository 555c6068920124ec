package org.tocsin.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.config.Settings.Login;
import org.tocsin.testing.TestHub;
import org.tocsin.testing.TestPostgres;

/** A hub goes by the database's clock, also while there is no database. */
class DatabaseClockTest {
  private static final String NOW = "SELECT clock_timestamp() AS now";

  @Test
  void itIsNeverAheadHoweverLongTheAnswerTook() throws InterruptedException {
    TestHub hub = new TestHub();
    Login hubs = TestPostgres.HUB;
    try (Database slow =
        Database.open(hub.vertx, hub.address, hubs.username(), hubs.password(), 1)) {
      Thread busy =
          Thread.startVirtualThread(
              () -> IntStream.range(0, 4).forEach(_ -> slow.run("SELECT pg_sleep(0.3)")));
      eventually("the only connection is taken", () -> sleeping(hub));
      try (DatabaseClock clock = DatabaseClock.open(slow)) {
        Instant here = clock.instant();
        assertThat(here).isBeforeOrEqualTo(now(hub));
      }
      busy.join();
    } finally {
      hub.close();
    }
  }

  @Test
  void itTellsTheTimeOfTheDatabaseAndGoesOnWithoutIt() {
    TestHub hub = new TestHub();
    try (DatabaseClock clock = DatabaseClock.open(hub.hub)) {
      Instant there = now(hub);
      assertThat(clock.instant()).isBetween(there.minusSeconds(30), now(hub));
      hub.close();
      Instant last = clock.instant();
      eventually("it goes on", () -> clock.instant().isAfter(last.plusMillis(1)));
    }
  }

  private static boolean sleeping(TestHub hub) {
    return hub.hub.get(
        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND query"
            + " LIKE 'SELECT pg_sleep%') AS there",
        row -> row.getBoolean("there"));
  }

  private static Instant now(TestHub hub) {
    return hub.hub.get(NOW, row -> row.getOffsetDateTime("now").toInstant());
  }
}
