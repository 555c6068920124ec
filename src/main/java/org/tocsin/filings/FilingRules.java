package org.tocsin.filings;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Messages;

/** The bounds of what is written at a filing. Every wrong field is named, all at once. */
final class FilingRules {
  static final int MAX_TEXT = 20_000;
  static final int MAX_NOTE = 500;
  private static final LocalDate EARLIEST = LocalDate.of(1976, 1, 1);
  private static final int LONGEST_YEARS = 30;

  private final Messages words;
  private final List<Field> problems = new ArrayList<>();

  FilingRules(Messages words) {
    this.words = words;
  }

  String required(String field, String given, int most) {
    String text = text(field, given, most);
    if (text.isEmpty()) {
      problem(field, "missing." + field);
    }
    return text;
  }

  /** Half a surrogate pair has no UTF-8: what is sealed would not be what was written. */
  String text(String field, String given, int most) {
    String text = given.replace("\r\n", "\n").replace('\r', '\n').strip();
    if (text.codePointCount(0, text.length()) > most) {
      problems.add(new Field(field, words.text("filings.problem.too_long", most)));
    } else if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')
        || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      problem(field, "unreadable");
    }
    return text;
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

  void problem(String field, String what) {
    problems.add(new Field(field, words.text("filings.problem." + what)));
  }

  void check() {
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
  }
}
