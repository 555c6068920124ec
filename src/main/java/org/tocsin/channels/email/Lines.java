package org.tocsin.channels.email;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.EastAsianWidth;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;

/** Breaks a paragraph into lines, at spaces; URLs, addresses and holes stay whole. */
final class Lines {
  private static final int NARROWEST = 20;

  private Lines() {}

  /** A line feed in the text ends a line. */
  static List<String> of(String text, int width) {
    List<String> lines = new ArrayList<>();
    for (String part : text.split("\n", -1)) {
      wrap(part.strip(), Math.max(width, NARROWEST), lines);
    }
    return lines;
  }

  private static void wrap(String text, int width, List<String> lines) {
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" +")) {
      String space = " ";
      for (String piece : pieces(word, width)) {
        if (line.isEmpty()) {
          line.append(piece);
        } else if (length(line) + space.length() + length(piece) <= width) {
          line.append(space).append(piece);
        } else {
          lines.add(line.toString());
          line.setLength(0);
          line.append(piece);
        }
        space = "";
      }
    }
    lines.add(line.toString());
  }

  /** Scripts without spaces make words longer than a line; those break where the script allows. */
  private static List<String> pieces(String word, int width) {
    if (length(word) <= width || word.contains("://") || word.contains("@") || isHole(word)) {
      return List.of(word);
    }
    List<String> pieces = new ArrayList<>();
    BreakIterator breaks = BreakIterator.getLineInstance(ULocale.ROOT);
    breaks.setText(word);
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
      pieces.add(word.substring(start, end));
    }
    return pieces;
  }

  private static boolean isHole(String word) {
    return word.contains("{{");
  }

  /** In columns: letters of East Asia take two, marks on a letter none. */
  static int length(CharSequence text) {
    return text.codePoints().map(Lines::columns).sum();
  }

  private static int columns(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    int width = UCharacter.getIntPropertyValue(c, UProperty.EAST_ASIAN_WIDTH);
    return width == EastAsianWidth.WIDE || width == EastAsianWidth.FULLWIDTH ? 2 : 1;
  }
}
