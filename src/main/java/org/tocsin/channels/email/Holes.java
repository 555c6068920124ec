package org.tocsin.channels.email;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code {{name}}}.
 *
 * <p>Invariant: a value is filled in once and never looked at again, so nobody's name can open
 * another hole; a hole without a value is an error, never an empty place in somebody's mail.
 */
final class Holes {
  static final String NAME = "[a-z][a-z0-9_]{0,39}";
  private static final Pattern HOLE = Pattern.compile("\\{\\{(" + NAME + ")}}");

  private final Map<String, String> values;

  Holes(Map<String, String> values) {
    this.values = values;
  }

  static Set<String> in(String template) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = HOLE.matcher(template);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  String inText(String template) {
    return fill(template, UnaryOperator.identity());
  }

  String inHtml(String template) {
    return fill(template, Holes::escape);
  }

  /** For one line of a header. */
  String inHeader(String template) {
    return fill(template, Holes::oneLine);
  }

  private String fill(String template, UnaryOperator<String> encoded) {
    return HOLE.matcher(template)
        .replaceAll(
            hole -> {
              String value = values.get(hole.group(1));
              if (value == null) {
                throw new Unsendable("nothing fills the hole " + hole.group(1));
              }
              return Matcher.quoteReplacement(encoded.apply(value));
            });
  }

  static String escape(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** A line break in a header begins another header (RFC 5322, 2.2). */
  static String oneLine(String value) {
    if (value.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
      throw new Unsendable("a control character in a header");
    }
    return value;
  }
}
