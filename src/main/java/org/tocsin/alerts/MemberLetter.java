package org.tocsin.alerts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.letters.Letter;
import org.tocsin.letters.LetterDate;

/** A model letter, made out by one member to one official. */
record MemberLetter(ModelLetter model, Target target, String name, LocalDate today) {
  private static final String ENGLISH = "en";
  private static final Pattern HOLE =
      Pattern.compile("\\{\\{\\s*(name|salutation|office|date)\\s*}}");
  private static final Pattern GREETING =
      Pattern.compile("\\A\\{\\{\\s*salutation\\s*}}[ \\t]*(?:\\n|\\z)");
  private static final Pattern NAME_BELOW =
      Pattern.compile("(?:\\A|\\n)[ \\t]*\\{\\{\\s*name\\s*}}\\s*\\z");
  private static final Pattern BETWEEN_PARAGRAPHS = Pattern.compile("\\n[ \\t]*\\n\\s*");

  /** The letter in the official's own language, else in English, else the first. */
  static Optional<ModelLetter> choose(List<ModelLetter> letters, Target target) {
    return first(letters, letter -> letter.language().equals(target.language()))
        .or(() -> first(letters, letter -> speaks(letter, target.language())))
        .or(() -> first(letters, letter -> speaks(letter, ENGLISH)))
        .or(() -> letters.stream().findFirst());
  }

  private static Optional<ModelLetter> first(
      List<ModelLetter> letters, Predicate<ModelLetter> that) {
    return letters.stream().filter(that).findFirst();
  }

  private static boolean speaks(ModelLetter letter, String language) {
    return Salutation.speaks(letter.language(), language);
  }

  /**
   * A greeting on the first line and a name on the last take the places that a letter has for them;
   * where the text has none, they are added. The sender's address is left to the sender's hand.
   */
  Letter made() {
    String greeted = GREETING.matcher(model.body().strip()).replaceFirst("");
    String text = NAME_BELOW.matcher(greeted).replaceFirst("").strip();
    List<String> paragraphs = List.of(BETWEEN_PARAGRAPHS.split(text));
    return new Letter(
        model.language(),
        List.of(name, "", "", ""),
        addressee(),
        holds(text, "date") ? "" : date(),
        filled(model.subject()),
        holds(text, "salutation") ? "" : salutation(),
        paragraphs.stream().map(this::filled).toList(),
        "",
        holds(paragraphs.getLast(), "name") ? List.of() : List.of(name),
        List.of());
  }

  private List<String> addressee() {
    List<String> lines = new ArrayList<>(List.of(target.office(), target.body()));
    target.address().lines().forEach(lines::add);
    return lines;
  }

  private static boolean holds(String text, String hole) {
    return HOLE.matcher(text).results().anyMatch(found -> found.group(1).equals(hole));
  }

  /** In one go: what fills a hole has none. */
  private String filled(String text) {
    return HOLE.matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    switch (found.group(1)) {
                      case "name" -> name;
                      case "salutation" -> salutation();
                      case "office" -> target.name();
                      default -> date();
                    }));
  }

  private String salutation() {
    return Salutation.of(target, model.language()).text();
  }

  private String date() {
    return LetterDate.line("", today, model.language());
  }

  @Override
  public String toString() {
    return "member letter";
  }
}
