package org.tocsin.reminders;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.Predicate;

/** On which days something is called to mind. */
final class ReminderDays {
  private static final Set<Long> BEFORE = Set.of(30L, 7L, 1L, 0L);
  private static final int WEEK = 7;

  private ReminderDays() {}

  /** 30, 7 and 1 days before, on the day, and each week after it. */
  static boolean callTo(LocalDate due, LocalDate looked, LocalDate today) {
    return any(looked, today, day -> isOne(ChronoUnit.DAYS.between(day, due)));
  }

  private static boolean isOne(long left) {
    return BEFORE.contains(left) || (left < 0 && left % WEEK == 0);
  }

  static boolean monday(LocalDate looked, LocalDate today) {
    return any(looked, today, day -> day.getDayOfWeek() == DayOfWeek.MONDAY);
  }

  /** Of the days that nobody has looked at yet. */
  private static boolean any(LocalDate looked, LocalDate today, Predicate<LocalDate> which) {
    return looked.plusDays(1).datesUntil(today.plusDays(1)).anyMatch(which);
  }
}
