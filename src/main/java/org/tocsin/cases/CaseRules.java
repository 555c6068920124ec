package org.tocsin.cases;

import java.time.LocalDate;
import org.tocsin.platform.language.Messages;
import org.tocsin.platform.language.TextRules;

/** The bounds of what is written about a case. Every wrong field is named, all at once. */
public final class CaseRules extends TextRules {
  public static final int MAX_TEXT = 20_000;
  private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
  private static final int LONGEST_CONSENT_YEARS = 20;

  public CaseRules(Messages words) {
    super(words, "cases");
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
}
