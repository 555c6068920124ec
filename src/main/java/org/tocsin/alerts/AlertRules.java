package org.tocsin.alerts;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.correspondents.Circle;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.language.Messages;
import org.tocsin.platform.language.TextRules;
import org.tocsin.release.ReleaseOrder.Mode;

/** The bounds of a draft. Every wrong field is named, all at once; the names are the API's. */
final class AlertRules extends TextRules {
  static final int MAX_LINE = 200;
  static final int MAX_TARGET_LINE = 300;
  static final int MAX_ADDRESS = 1_000;
  static final int MAX_TEXT = 10_000;
  static final int MAX_TARGETS = 40;
  static final int MAX_LETTERS = 12;
  private static final int FURTHEST_YEARS = 2;

  /** What a letter's reader fills in; anything else would stand in the letter as it is. */
  static final Set<String> HOLES = Set.of("name", "salutation", "office", "date");

  private static final Pattern HOLE = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");
  private static final Set<Circle> PRODUCTION = Set.of(Circle.CORRESPONDENT, Circle.NETWORK);

  private AlertRules(Messages words) {
    super(words, "alerts");
  }

  /** The draft in its one spelling, or what is wrong. */
  static AlertDraft checked(AlertDraft given, Mode mode, LocalDate today, Messages words) {
    AlertRules rules = new AlertRules(words);
    AlertText text = rules.text(given);
    rules.audience(given, mode);
    given.actBy().ifPresent(day -> rules.day(day, today));
    if (given.targets().size() > MAX_TARGETS) {
      rules.problem("targets", "too_many", MAX_TARGETS);
    }
    if (given.letters().size() > MAX_LETTERS) {
      rules.problem("letters", "too_many", MAX_LETTERS);
    }
    List<Target> targets = given.targets().stream().map(rules::target).toList();
    List<ModelLetter> letters = given.letters().stream().map(rules::letter).toList();
    Set<String> tags = new HashSet<>();
    if (!letters.stream().map(ModelLetter::language).allMatch(tags::add)) {
      rules.problem("letters", "language_twice");
    }
    rules.check();
    return new AlertDraft(
        given.kind(),
        given.urgency(),
        given.severity(),
        given.certainty(),
        mode == Mode.ACTUAL ? given.circles() : Set.of(Circle.DRILL),
        mode == Mode.ACTUAL && given.webhook(),
        given.actBy(),
        text,
        targets,
        letters);
  }

  private AlertText text(AlertDraft given) {
    AlertText text = given.text();
    boolean action = given.kind() == AlertKind.ACTION;
    return new AlertText(
        line("ask", text.ask(), MAX_LINE),
        required("happened", text.happened(), MAX_TEXT),
        action
            ? required("actions", text.actions(), MAX_TEXT)
            : text("actions", text.actions(), MAX_TEXT),
        text("dos", text.dos(), MAX_TEXT),
        text("donts", text.donts(), MAX_TEXT),
        text("copies", text.copies(), MAX_TEXT),
        text("background", text.background(), MAX_TEXT),
        text("legal_basis", text.legalBasis(), MAX_TEXT),
        text("report_back", text.reportBack(), MAX_TEXT),
        text("status", text.status(), MAX_LINE));
  }

  private void audience(AlertDraft given, Mode mode) {
    if (mode != Mode.ACTUAL) {
      return;
    }
    if (given.circles().isEmpty() || !PRODUCTION.containsAll(given.circles())) {
      problem("circles", "circles");
    } else if (given.webhook() && !given.circles().contains(Circle.NETWORK)) {
      problem("webhook", "webhook");
    }
  }

  private void day(LocalDate day, LocalDate today) {
    if (day.isBefore(today) || day.isAfter(today.plusYears(FURTHEST_YEARS))) {
      problem("act_by", "act_by");
    }
  }

  private Target target(Target given) {
    String email = text("targets", given.email(), MAX_TARGET_LINE);
    if (!email.isEmpty() && EmailAddress.parse(email).isEmpty()) {
      problem("targets", "target_email");
    }
    if (given.office().isBlank() && given.body().isBlank()) {
      problem("targets", "target_unnamed");
    }
    return new Target(
        text("targets", given.office(), MAX_TARGET_LINE),
        text("targets", given.body(), MAX_TARGET_LINE),
        text("targets", given.address(), MAX_ADDRESS),
        email,
        text("targets", given.salutation(), MAX_TARGET_LINE),
        language("targets", given.language()),
        text("targets", given.englishSalutation(), MAX_TARGET_LINE));
  }

  private ModelLetter letter(ModelLetter given) {
    String body = text("letters", given.body(), MAX_TEXT);
    if (body.isEmpty()) {
      problem("letters", "letter_empty");
    }
    holes(body);
    holes(given.subject());
    return new ModelLetter(
        language("letters", given.language()), text("letters", given.subject(), MAX_LINE), body);
  }

  private void holes(String text) {
    Matcher holes = HOLE.matcher(text);
    while (holes.find()) {
      if (!HOLES.contains(holes.group(1))) {
        problem("letters", "hole", holes.group());
      }
    }
  }

  private String language(String field, String tag) {
    try {
      String tidy = new Locale.Builder().setLanguageTag(tag.strip()).build().toLanguageTag();
      if (!tidy.equals("und")) {
        return tidy;
      }
    } catch (IllformedLocaleException malformed) {
      // said below, as for one that is missing
    }
    problem(field, "language");
    return tag;
  }
}
