package org.tocsin.web.desk;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Messages;
import org.tocsin.web.Form;

/** What was answered in a form about a case, kept as it was typed so that it can be shown again. */
final class CaseAnswers {
  private static final int LONGEST_TEXT = 100_000;
  private static final int LONGEST_LINE = 1_000;

  private final Form form;
  private final Messages words;
  private final Map<String, String> typed = new LinkedHashMap<>();
  private List<String> chosen = List.of();

  CaseAnswers(Form form, Messages words) {
    this.form = form;
    this.words = words;
  }

  /** Longer than the rules allow is taken too, so that nothing is lost; the rules then name it. */
  String text(String name) {
    return keep(name, form.text(name, LONGEST_TEXT));
  }

  String line(String name) {
    return keep(name, form.text(name, LONGEST_LINE));
  }

  <E extends Enum<E>> Optional<E> one(String name, Class<E> words) {
    String word = keep(name, form.line(name, 40));
    return Arrays.stream(words.getEnumConstants())
        .filter(known -> known.name().equals(word))
        .findFirst();
  }

  /**
   * Of these words; another one, or none, is named and the first taken, for what is checked next.
   */
  <E extends Enum<E>> E needed(String name, Class<E> words) {
    Optional<E> found = one(name, words);
    if (found.isEmpty()) {
      problem(name, "choose." + name);
    }
    return found.orElse(words.getEnumConstants()[0]);
  }

  List<String> several(String name) {
    chosen = form.choices(name);
    return chosen;
  }

  boolean ticked(String name) {
    boolean ticked = form.checked(name);
    if (ticked) {
      typed.put(name, "true");
    }
    return ticked;
  }

  LocalDate day(String name, LocalDate otherwise) {
    Optional<LocalDate> day = maybeDay(name);
    if (day.isEmpty() && keep(name, form.line(name, 40)).isEmpty()) {
      problem(name, "date");
    }
    return day.orElse(otherwise);
  }

  Optional<LocalDate> maybeDay(String name) {
    String day = keep(name, form.line(name, 40));
    if (day.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(day));
    } catch (DateTimeParseException malformed) {
      problem(name, "date");
      return Optional.empty();
    }
  }

  OptionalLong number(String name) {
    String number = keep(name, form.line(name, 20));
    return number.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(number))
        : OptionalLong.empty();
  }

  int version() {
    String version = form.line("version", 10);
    return version.matches("[0-9]{1,9}") ? Integer.parseInt(version) : 0;
  }

  void problem(String name, String what) {
    form.problem(name, words.text("cases.problem." + what));
  }

  void check() {
    form.check();
  }

  /** With what the rules of the feature find besides. */
  void check(Runnable rules) {
    try {
      rules.run();
    } catch (Invalid more) {
      more.fields().forEach(field -> form.problem(field.name(), field.message()));
    }
    form.check();
  }

  Map<String, String> typed() {
    return typed;
  }

  List<String> chosen() {
    return chosen;
  }

  private String keep(String name, String value) {
    typed.put(name, value);
    return value;
  }
}
