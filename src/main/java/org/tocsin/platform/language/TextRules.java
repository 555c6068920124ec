package org.tocsin.platform.language;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;

/**
 * The bounds of what people write into fields. Every wrong field is named, all at once; an area
 * says in its own words what is wrong ({@code cases.problem.too_long}).
 */
public class TextRules {
  private final Messages words;
  private final String area;
  private final List<Field> problems = new ArrayList<>();

  public TextRules(Messages words, String area) {
    this.words = words;
    this.area = area;
  }

  public final String line(String field, String given, int most) {
    String line = required(field, given, most);
    if (line.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
      problem(field, "one_line");
    }
    return line;
  }

  public final String required(String field, String given, int most) {
    String text = text(field, given, most);
    if (text.isEmpty()) {
      problem(field, "missing." + field);
    }
    return text;
  }

  /** Half a surrogate pair has no UTF-8: what is sealed would not be what was written. */
  public final String text(String field, String given, int most) {
    String text = given.replace("\r\n", "\n").replace('\r', '\n').strip();
    if (text.codePointCount(0, text.length()) > most) {
      problem(field, "too_long", most);
    } else if (text.chars().anyMatch(TextRules::unreadable)
        || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      problem(field, "unreadable");
    }
    return text;
  }

  /**
   * Control characters, and overrides of direction: with them a line reads otherwise than it is.
   */
  private static boolean unreadable(int c) {
    return (Character.isISOControl(c) && c != '\n' && c != '\t') || c == 0x202D || c == 0x202E;
  }

  public final void problem(String field, String what, Object... values) {
    problems.add(new Field(field, words.text(area + ".problem." + what, values)));
  }

  /** Throws what was found so far. */
  public final void check() {
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
  }
}
