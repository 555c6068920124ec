package org.tocsin.reminders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a date is called to mind, whatever days nobody looked. */
class ReminderDaysTest {
  private static final LocalDate DUE = LocalDate.of(2026, 7, 20);

  @Test
  void aDateCallsSomeDaysBeforeItOnItAndEachWeekAfter() {
    List<Integer> days =
        IntStream.rangeClosed(-40, 15)
            .filter(
                day -> ReminderDays.callTo(DUE, DUE.plusDays(day).minusDays(1), DUE.plusDays(day)))
            .boxed()
            .toList();
    assertThat(days).containsExactly(-30, -7, -1, 0, 7, 14);
  }

  @Test
  void aDayOnWhichNobodyLookedIsMadeUpFor() {
    assertThat(ReminderDays.callTo(DUE, DUE.minusDays(10), DUE.minusDays(5))).isTrue();
    assertThat(ReminderDays.callTo(DUE, DUE.minusDays(7), DUE.minusDays(2))).isFalse();
    assertThat(ReminderDays.callTo(DUE, DUE, DUE)).isFalse();
  }

  @Test
  void mondaysAreMondays() {
    LocalDate monday = LocalDate.of(2026, 6, 15);
    assertThat(ReminderDays.monday(monday.minusDays(1), monday)).isTrue();
    assertThat(ReminderDays.monday(monday, monday.plusDays(6))).isFalse();
    assertThat(ReminderDays.monday(monday, monday.plusDays(7))).isTrue();
  }
}
