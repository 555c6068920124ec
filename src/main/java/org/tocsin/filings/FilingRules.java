package org.tocsin.filings;

import java.time.LocalDate;
import org.tocsin.platform.language.Messages;
import org.tocsin.platform.language.TextRules;

/** The bounds of what is written at a filing. Every wrong field is named, all at once. */
final class FilingRules extends TextRules {
  static final int MAX_TEXT = 20_000;
  static final int MAX_NOTE = 500;
  private static final LocalDate EARLIEST = LocalDate.of(1976, 1, 1);
  private static final int LONGEST_YEARS = 30;

  FilingRules(Messages words) {
    super(words, "filings");
  }

  /** A day that was, and not before another. */
  void past(String field, LocalDate day, LocalDate first, LocalDate today) {
    if (day.isBefore(first) || day.isAfter(today)) {
      problem(field, "past_date");
    }
  }

  void past(String field, LocalDate day, LocalDate today) {
    past(field, day, EARLIEST, today);
  }

  /** A day to come, or one that was and should have been written down before. */
  void due(String field, LocalDate day, LocalDate today) {
    if (day.isBefore(EARLIEST) || day.isAfter(today.plusYears(LONGEST_YEARS))) {
      problem(field, "due");
    }
  }
}
