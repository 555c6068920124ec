package org.tocsin.letters;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A letter as plain text, to paste into a mail or a form: no line wider than 72 columns. */
public final class LetterText {
  private static final int COLUMNS = 72;
  private static final String TO_FILL_IN = "_".repeat(40);

  private final Letter letter;

  private LetterText(Letter letter) {
    this.letter = letter;
  }

  public static String of(Letter letter) {
    return new LetterText(letter).text();
  }

  private String text() {
    return Stream.of(
                Stream.of(
                    block(letter.sender()),
                    wrapped(letter.placeAndDate()),
                    block(letter.addressee()),
                    wrapped(letter.subject()),
                    wrapped(letter.salutation())),
                letter.paragraphs().stream()
                    .map(text -> text.lines().map(this::wrapped).collect(Collectors.joining("\n"))),
                Stream.of(wrapped(letter.closing()), block(letter.signature())),
                Stream.of(letter.copies().stream().map(this::wrapped).collect(lines())))
            .flatMap(parts -> parts)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("\n\n"))
        + "\n";
  }

  private String block(List<String> given) {
    return given.stream().map(line -> line.isEmpty() ? TO_FILL_IN : wrapped(line)).collect(lines());
  }

  private static java.util.stream.Collector<CharSequence, ?, String> lines() {
    return Collectors.joining("\n");
  }

  /** Where the language allows a break; a word that is wider than a line is cut. */
  private String wrapped(String text) {
    BreakIterator breaks = BreakIterator.getLineInstance(letter.locale());
    breaks.setText(text);
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      String piece = text.substring(from, to);
      if (width(line + piece.stripTrailing()) > COLUMNS) {
        if (!line.isEmpty()) {
          lines.add(line.toString().stripTrailing());
          line.setLength(0);
        }
        piece = cut(piece, lines);
      }
      line.append(piece);
      from = to;
    }
    lines.add(line.toString().stripTrailing());
    return String.join("\n", lines);
  }

  private String cut(String piece, List<String> lines) {
    BreakIterator signs = BreakIterator.getCharacterInstance(letter.locale());
    signs.setText(piece);
    StringBuilder line = new StringBuilder();
    int from = signs.first();
    for (int to = signs.next(); to != BreakIterator.DONE; to = signs.next()) {
      String sign = piece.substring(from, to);
      if (width(line + sign.stripTrailing()) > COLUMNS) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(sign);
      from = to;
    }
    return line.toString();
  }

  /** In columns of a terminal: East Asian signs take two, combining ones none. */
  private static int width(String text) {
    return text.codePoints().map(LetterText::columns).sum();
  }

  private static int columns(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    int width = UCharacter.getIntPropertyValue(c, UProperty.EAST_ASIAN_WIDTH);
    return width == UCharacter.EastAsianWidth.WIDE || width == UCharacter.EastAsianWidth.FULLWIDTH
        ? 2
        : 1;
  }
}
