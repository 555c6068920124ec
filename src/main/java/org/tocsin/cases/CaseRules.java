package org.tocsin.cases;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Messages;

/** The bounds of what is written about a case. Every wrong field is named, all at once. */
public final class CaseRules {
  public static final int MAX_TEXT = 20_000;
  private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
  private static final int LONGEST_CONSENT_YEARS = 20;

  private final Messages words;
  private final List<Field> problems = new ArrayList<>();

  public CaseRules(Messages words) {
    this.words = words;
  }

  /** The details in their one spelling, or what is wrong. */
  static CaseDetails checked(CaseDetails given, Messages words) {
    CaseRules rules = new CaseRules(words);
    CaseDetails tidy =
        new CaseDetails(
            rules.line("name", given.name(), CaseDetails.MAX_NAME),
            rules.text("other_names", given.otherNames(), CaseDetails.MAX_OTHER_NAMES),
            given.country().strip(),
            given.profession(),
            rules.required("summary", given.summary(), CaseDetails.MAX_SUMMARY));
    if (!Countries.known(tidy.country())) {
      rules.problem("country", "country");
    }
    rules.check();
    return tidy;
  }

  String line(String field, String given, int most) {
    String line = required(field, given, most);
    if (line.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
      problem(field, "one_line");
    }
    return line;
  }

  public String required(String field, String given, int most) {
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
      problems.add(new Field(field, words.text("cases.problem.too_long", most)));
    } else if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')
        || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      problem(field, "unreadable");
    }
    return text;
  }

  /** A day that was. */
  public void past(String field, LocalDate day, LocalDate today) {
    if (day.isBefore(EARLIEST) || day.isAfter(today)) {
      problem(field, "past_date");
    }
  }

  void ends(String field, LocalDate last, LocalDate given) {
    if (last.isBefore(given) || last.isAfter(given.plusYears(LONGEST_CONSENT_YEARS))) {
      problem(field, "expires");
    }
  }

  void problem(String field, String what) {
    problems.add(new Field(field, words.text("cases.problem." + what)));
  }

  public void check() {
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
  }
}
