package org.tocsin.calls;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.IllformedLocaleException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tocsin.correspondents.Areas;
import org.tocsin.platform.language.Messages;
import org.tocsin.platform.language.TextRules;

/** The bounds of a call and of an answer. Every wrong field is named, all at once. */
final class CallRules extends TextRules {
  private static final int MAX_TITLE = 200;
  private static final int MAX_BODY = 10_000;
  private static final int MAX_NEEDED = 500;
  private static final int MAX_LANGUAGES = 12;
  private static final int MAX_NOTE = 2_000;
  private static final int MAX_DAYS = 400;
  private static final Duration FURTHEST = Duration.ofDays(366);

  CallRules(Messages words) {
    super(words, "calls");
  }

  /** The draft in its one spelling, or what is wrong. */
  static CallDraft checked(CallDraft given, Areas areas, Instant now, Messages words) {
    CallRules rules = new CallRules(words);
    if (given.areas().isEmpty() || !given.areas().stream().allMatch(areas::has)) {
      rules.problem("areas", "areas");
    }
    if (given.needed() < 1 || given.needed() > MAX_NEEDED) {
      rules.problem("needed", "needed", MAX_NEEDED);
    }
    if (!given.answerBy().isAfter(now) || given.answerBy().isAfter(now.plus(FURTHEST))) {
      rules.problem("answer_by", "answer_by");
    }
    CallDraft tidy =
        new CallDraft(
            rules.line("title", given.title(), MAX_TITLE),
            rules.required("body", given.body(), MAX_BODY),
            areas.known(given.areas()),
            given.needed(),
            given.answerBy().truncatedTo(ChronoUnit.SECONDS),
            rules.languages(given.languages()));
    rules.check();
    return tidy;
  }

  private List<String> languages(List<String> given) {
    Set<String> tidy = new LinkedHashSet<>();
    try {
      for (String tag : given) {
        tidy.add(new Locale.Builder().setLanguageTag(tag.strip()).build().toLanguageTag());
      }
    } catch (IllformedLocaleException malformed) {
      tidy.add("und");
    }
    if (tidy.contains("und") || tidy.size() > MAX_LANGUAGES) {
      problem("languages", "languages", MAX_LANGUAGES);
    }
    return List.copyOf(tidy);
  }

  static AnswerDraft checked(AnswerDraft given, Messages words) {
    CallRules rules = new CallRules(words);
    AnswerDraft tidy =
        new AnswerDraft(
            given.can(),
            rules.text("note", given.note(), MAX_NOTE),
            rules.text("days", given.days(), MAX_DAYS));
    rules.check();
    return tidy;
  }
}
