package org.tocsin.channels.email;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words with holes between them: {@code texts} has one more than {@code holes}.
 *
 * <p>Invariant: what is a hole was one when it was put in. {@link #words} has none whatever it
 * says, and nothing that is done to a template looks for holes in its words. A value is filled in
 * once and never looked at again; a hole without a value is an error, never an empty place in
 * somebody's mail.
 */
public record Template(List<String> texts, List<String> holes) {
  static final Template EMPTY = words("");

  private static final String NAME = "[a-z][a-z0-9_]{0,39}";
  private static final Pattern HOLE = Pattern.compile("\\{\\{(" + NAME + ")}}");

  /** As it is kept: beside the holes there are braces, which words write with nothing in them. */
  private static final Pattern SPELLED = Pattern.compile("\\{\\{(" + NAME + ")?}}");

  private static final String BRACES = "{{";
  private static final String SPELLED_BRACES = "{{}}";

  public Template {
    texts = List.copyOf(texts);
    holes = List.copyOf(holes);
    if (texts.size() != holes.size() + 1) {
      throw new IllegalArgumentException("words stand before and after each hole");
    }
  }

  /** What somebody wrote, as it is. */
  public static Template words(String words) {
    return new Template(List.of(words), List.of());
  }

  /** What the hub's own texts say, where {@code {{name}}} is a hole. */
  public static Template ours(String text) {
    return taken(text, HOLE);
  }

  static Template hole(String name) {
    return new Template(List.of("", ""), List.of(name));
  }

  /** The inverse of {@link #spelled}. */
  static Template read(String spelled) {
    return taken(spelled, SPELLED);
  }

  private static Template taken(String text, Pattern pattern) {
    Joining joined = new Joining();
    Matcher found = pattern.matcher(text);
    int from = 0;
    while (found.find()) {
      joined.words(text.substring(from, found.start()));
      if (found.group(1) == null) {
        joined.words(BRACES);
      } else {
        joined.hole(found.group(1));
      }
      from = found.end();
    }
    joined.words(text.substring(from));
    return joined.done();
  }

  static Template join(List<Template> templates) {
    Joining joined = new Joining();
    templates.forEach(joined::template);
    return joined.done();
  }

  /** Puts one after the other. */
  private static final class Joining {
    private final List<String> texts = new ArrayList<>();
    private final List<String> holes = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();

    void words(String more) {
      words.append(more);
    }

    void hole(String name) {
      texts.add(words.toString());
      words.setLength(0);
      holes.add(name);
    }

    void template(Template template) {
      words(template.texts().getFirst());
      for (int i = 0; i < template.holes().size(); i++) {
        hole(template.holes().get(i));
        words(template.texts().get(i + 1));
      }
    }

    Template done() {
      texts.add(words.toString());
      return new Template(texts, holes);
    }
  }

  /** Does it to the words and leaves the holes. */
  Template map(UnaryOperator<String> change) {
    return new Template(texts.stream().map(change).toList(), holes);
  }

  boolean isClosed() {
    return holes.isEmpty();
  }

  Set<String> openings() {
    return new LinkedHashSet<>(holes);
  }

  /** As it is kept: {@code {{name}}} is a hole, and no words are one. */
  public String spelled() {
    StringBuilder spelled = new StringBuilder(texts.getFirst().replace(BRACES, SPELLED_BRACES));
    for (int i = 0; i < holes.size(); i++) {
      spelled
          .append(BRACES)
          .append(holes.get(i))
          .append("}}")
          .append(texts.get(i + 1).replace(BRACES, SPELLED_BRACES));
    }
    return spelled.toString();
  }

  /** For people to read, who need not tell a hole from words that look like one. */
  public String shown() {
    return filled(hole -> BRACES + hole + "}}");
  }

  /** With what {@code filler} says of each hole. */
  public String filled(UnaryOperator<String> filler) {
    StringBuilder filled = new StringBuilder(texts.getFirst());
    for (int i = 0; i < holes.size(); i++) {
      filled.append(filler.apply(holes.get(i))).append(texts.get(i + 1));
    }
    return filled.toString();
  }

  String fill(Map<String, String> values, UnaryOperator<String> encoded) {
    return filled(hole -> encoded.apply(value(values, hole)));
  }

  static String value(Map<String, String> values, String hole) {
    String value = values.get(hole);
    if (value == null) {
      throw new Unsendable("nothing fills the hole " + hole);
    }
    return value;
  }
}
