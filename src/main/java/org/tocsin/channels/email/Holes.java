package org.tocsin.channels.email;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code {{name}}} is, and how a value is written where it stands. */
final class Holes {
  static final String NAME = "[a-z][a-z0-9_]{0,39}";
  static final Pattern HOLE = Pattern.compile("\\{\\{(" + NAME + ")}}");

  private Holes() {}

  static Set<String> in(String template) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = HOLE.matcher(template);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
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
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
        throw new Unsendable("a control character in a header");
      }
    }
    return value;
  }
}
