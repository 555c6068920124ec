package org.tocsin.channels.email;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;

/**
 * A text with holes, taken apart once: {@code texts} has one more than {@code holes}.
 *
 * <p>Invariant: a value is filled in once and never looked at again, so nobody's name can open
 * another hole; a hole without a value is an error, never an empty place in somebody's mail.
 */
record Template(List<String> texts, List<String> holes) {
  static Template of(String template) {
    List<String> texts = new ArrayList<>();
    List<String> holes = new ArrayList<>();
    Matcher hole = Holes.HOLE.matcher(template);
    int from = 0;
    while (hole.find()) {
      texts.add(template.substring(from, hole.start()));
      holes.add(hole.group(1));
      from = hole.end();
    }
    texts.add(template.substring(from));
    return new Template(List.copyOf(texts), List.copyOf(holes));
  }

  boolean isClosed() {
    return holes.isEmpty();
  }

  String fill(Map<String, String> values, UnaryOperator<String> encoded) {
    if (isClosed()) {
      return texts.getFirst();
    }
    StringBuilder filled = new StringBuilder(texts.getFirst());
    for (int i = 0; i < holes.size(); i++) {
      filled.append(encoded.apply(value(values, holes.get(i)))).append(texts.get(i + 1));
    }
    return filled.toString();
  }

  static String value(Map<String, String> values, String hole) {
    String value = values.get(hole);
    if (value == null) {
      throw new Unsendable("nothing fills the hole " + hole);
    }
    return value;
  }
}
