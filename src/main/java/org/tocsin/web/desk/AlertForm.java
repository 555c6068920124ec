package org.tocsin.web.desk;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tocsin.alerts.AlertDraft;
import org.tocsin.alerts.AlertKind;
import org.tocsin.alerts.AlertText;
import org.tocsin.alerts.Certainty;
import org.tocsin.alerts.ModelLetter;
import org.tocsin.alerts.Severity;
import org.tocsin.alerts.Target;
import org.tocsin.alerts.Urgency;
import org.tocsin.correspondents.Circle;
import org.tocsin.platform.language.Messages;
import org.tocsin.web.Form;

/** The editor's form as it was sent; blocks that were left empty are not there. */
record AlertForm(AlertDraft draft, String actBy) {
  private static final int MOST_BLOCKS = 60;
  private static final int LONGEST_LINE = 2_000;
  private static final int LONGEST_TEXT = 100_000;

  static AlertForm of(Form form, Messages words) {
    String day = form.line("act_by", 40);
    Optional<LocalDate> actBy = Optional.empty();
    try {
      actBy = day.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(day));
    } catch (DateTimeParseException malformed) {
      form.problem("act_by", words.text("alerts.problem.act_by"));
    }
    AlertDraft draft =
        new AlertDraft(
            choice(form, "kind", AlertKind.values(), AlertKind.ACTION),
            choice(form, "urgency", Urgency.values(), Urgency.UNKNOWN),
            choice(form, "severity", Severity.values(), Severity.UNKNOWN),
            choice(form, "certainty", Certainty.values(), Certainty.UNKNOWN),
            circles(form),
            form.checked("webhook"),
            actBy,
            text(form),
            targets(form),
            letters(form));
    return new AlertForm(draft, day);
  }

  /** With officials taken over besides, each once. */
  AlertForm with(List<Target> more) {
    List<Target> all = new ArrayList<>(draft.targets());
    more.stream().filter(one -> !all.contains(one)).forEach(all::add);
    return new AlertForm(
        new AlertDraft(
            draft.kind(),
            draft.urgency(),
            draft.severity(),
            draft.certainty(),
            draft.circles(),
            draft.webhook(),
            draft.actBy(),
            draft.text(),
            all,
            draft.letters()),
        actBy);
  }

  private static AlertText text(Form form) {
    return new AlertText(
        form.text("ask", LONGEST_LINE),
        form.text("happened", LONGEST_TEXT),
        form.text("actions", LONGEST_TEXT),
        form.text("dos", LONGEST_TEXT),
        form.text("donts", LONGEST_TEXT),
        form.text("copies", LONGEST_TEXT),
        form.text("background", LONGEST_TEXT),
        form.text("legal_basis", LONGEST_TEXT),
        form.text("report_back", LONGEST_TEXT),
        form.text("status", LONGEST_LINE));
  }

  private static Set<Circle> circles(Form form) {
    return form.choices("circles").stream()
        .map(Circle::of)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  private static List<Target> targets(Form form) {
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < MOST_BLOCKS && form.checked("target_" + i + "_office"); i++) {
      String block = "target_" + i + "_";
      Target target =
          new Target(
              form.line(block + "office", LONGEST_LINE),
              form.line(block + "body", LONGEST_LINE),
              form.text(block + "address", LONGEST_LINE).strip(),
              form.line(block + "email", LONGEST_LINE),
              form.line(block + "salutation", LONGEST_LINE),
              form.line(block + "language", 60),
              form.line(block + "english_salutation", LONGEST_LINE));
      if (!(target.office() + target.body() + target.address() + target.email()).isBlank()) {
        targets.add(target);
      }
    }
    return targets;
  }

  private static List<ModelLetter> letters(Form form) {
    List<ModelLetter> letters = new ArrayList<>();
    for (int i = 0; i < MOST_BLOCKS && form.checked("letter_" + i + "_body"); i++) {
      String block = "letter_" + i + "_";
      ModelLetter letter =
          new ModelLetter(
              form.line(block + "language", 60),
              form.line(block + "subject", LONGEST_LINE),
              form.text(block + "body", LONGEST_TEXT));
      if (!(letter.subject() + letter.body()).isBlank()) {
        letters.add(letter);
      }
    }
    return letters;
  }

  private static <E extends Enum<E>> E choice(Form form, String name, E[] words, E otherwise) {
    String word = form.line(name, 40);
    return Arrays.stream(words)
        .filter(known -> known.name().equals(word))
        .findFirst()
        .orElse(otherwise);
  }
}
