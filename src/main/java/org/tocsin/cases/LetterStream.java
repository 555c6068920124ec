package org.tocsin.cases;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.owasp.html.Encoding;

/**
 * A text as its letters alone, each with where it came from and what parts it from the letter
 * before. Entities and percent escapes are opened; marks of emphasis, soft hyphens and what nobody
 * sees part two letters only softly, so that a name is found behind them.
 */
final class LetterStream {
  /** What stands between two letters, from nothing to the end of a sentence. */
  enum Gap {
    NONE,
    /** Nothing that a reader sees, or a change from small to capital. */
    SOFT,
    /** A hyphen or an apostrophe. */
    TIE,
    WIDE,
    SENTENCE
  }

  private static final Pattern ENTITY =
      Pattern.compile("&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|\\w{2,31});");
  private static final Pattern ESCAPE = Pattern.compile("%[0-9a-fA-F]{2}");
  private static final Pattern TAG = Pattern.compile("</?([A-Za-z][A-Za-z0-9]*)[^<>]*>");
  private static final Pattern BLOCK =
      Pattern.compile("(?i)br|hr|p|div|li|ul|ol|h[1-6]|t[dhr]|table|blockquote|pre");
  private static final Pattern TARGET = Pattern.compile("\\]\\([^()\\s]*(?:\\s+\"[^\"]*\")?\\)");
  private static final Pattern LINE_END = Pattern.compile("-[ \\t]*\\r?\\n[ \\t>]*");
  private static final String COMMENT = "<!--";
  private static final String COMMENT_END = "-->";
  private static final String EMPHASIS = "*_~`\\[]";
  private static final String ENDS = ".!?…؟。！？";
  private static final String TIES = "-'’‘ʼ`´‐‑–‧·";

  private final String text;
  private final boolean markup;
  private int[] letters = new int[64];
  private int[] from = new int[64];
  private int[] to = new int[64];
  private Gap[] gaps = new Gap[64];
  private int length;
  private Gap pending = Gap.WIDE;
  private boolean small;
  private boolean openEnded;

  /**
   * @param markup whether tags and the targets of links are passed over, as a reader of the
   *     rendered text passes over them; otherwise they are read like words
   */
  LetterStream(String text, boolean markup) {
    this.text = text;
    this.markup = markup;
    read();
  }

  int length() {
    return length;
  }

  int letter(int at) {
    return letters[at];
  }

  /** What stands before a letter; behind the last one everything ends. */
  Gap gap(int at) {
    return at == length ? Gap.SENTENCE : gaps[at];
  }

  int from(int at) {
    return from[at];
  }

  int to(int at) {
    return to[at];
  }

  private void read() {
    int at = 0;
    while (at < text.length()) {
      int next = structure(at);
      if (next > at) {
        at = next;
        continue;
      }
      int point = text.codePointAt(at);
      next = at + Character.charCount(point);
      point(point, at, next);
      at = next;
    }
  }

  /** Where what begins here and is more than one sign ends; the place itself where nothing does. */
  private int structure(int at) {
    return switch (text.charAt(at)) {
      case '&' -> entity(at);
      case '%' -> escape(at);
      case '<' -> markup ? tag(at) : at;
      case ']' -> markup ? skipped(TARGET, at, Gap.SOFT) : at;
      case '-' -> length > 0 ? skipped(LINE_END, at, Gap.SOFT) : at;
      default -> at;
    };
  }

  private int entity(int at) {
    Matcher entity = matching(ENTITY, at);
    if (entity == null) {
      return at;
    }
    String opened = Encoding.decodeHtml(entity.group(), false);
    if (opened.equals(entity.group())) {
      return at;
    }
    points(opened, at, entity.end());
    return entity.end();
  }

  /** One character at a time, so that a broken one does not take the others with it. */
  private int escape(int at) {
    Matcher escape = matching(ESCAPE, at);
    if (escape == null) {
      return at;
    }
    int first = HexFormat.fromHexDigits(text, at + 1, at + 3);
    int bytes = first < 0x80 ? 1 : Integer.numberOfLeadingZeros(~(first << 24));
    int end = at + 3 * bytes;
    if (end > text.length() || !text.substring(at, end).matches("(?:%[0-9a-fA-F]{2}){1,4}")) {
      return at;
    }
    byte[] utf8 = HexFormat.of().parseHex(text.substring(at, end).replace("%", ""));
    try {
      points(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString(), at, end);
      return end;
    } catch (CharacterCodingException notText) {
      return at;
    }
  }

  private void points(String opened, int at, int end) {
    if (opened.isEmpty()) {
      part(Gap.SOFT);
    }
    opened.codePoints().forEach(point -> point(point, at, end));
  }

  private int tag(int at) {
    if (text.startsWith(COMMENT, at)) {
      return comment(at);
    }
    Matcher tag = matching(TAG, at);
    if (tag == null) {
      return at;
    }
    part(BLOCK.matcher(tag.group(1)).matches() ? Gap.WIDE : Gap.SOFT);
    return tag.end();
  }

  /** That nothing ends a comment is found out once, however many begin. */
  private int comment(int at) {
    int end = openEnded ? -1 : text.indexOf(COMMENT_END, at + COMMENT.length());
    if (end < 0) {
      openEnded = true;
      return at;
    }
    part(Gap.SOFT);
    return end + COMMENT_END.length();
  }

  private int skipped(Pattern what, int at, Gap gap) {
    Matcher found = matching(what, at);
    if (found == null) {
      return at;
    }
    part(gap);
    return found.end();
  }

  private @Nullable Matcher matching(Pattern pattern, int at) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    return matcher.lookingAt() ? matcher : null;
  }

  private void point(int point, int at, int end) {
    int[] folded = Letters.of(point);
    if (folded.length == 0) {
      if (!Letters.isMark(point)) {
        part(parting(point, end));
      }
      return;
    }
    if (small && Character.isUpperCase(point)) {
      part(Gap.SOFT);
    }
    for (int letter : folded) {
      boolean alone = Letters.standsAlone(letter);
      if (alone || afterClinging()) {
        part(Gap.SOFT);
      }
      add(letter, at, end);
      pending = alone ? Gap.SOFT : Gap.NONE;
    }
    small = Character.isLowerCase(point);
  }

  private Gap parting(int point, int end) {
    if (Character.getType(point) == Character.FORMAT || EMPHASIS.indexOf(point) >= 0) {
      return Gap.SOFT;
    }
    if (TIES.indexOf(point) >= 0) {
      return Gap.TIE;
    }
    return ENDS.indexOf(point) >= 0 && endsSentence(end) ? Gap.SENTENCE : Gap.WIDE;
  }

  /** Not so after an initial: "Ilyas M. Voren". */
  private boolean endsSentence(int end) {
    return end < text.length()
        && Character.isWhitespace(text.charAt(end))
        && length > 1
        && gaps[length - 1] == Gap.NONE
        && pending == Gap.NONE;
  }

  private boolean afterClinging() {
    return pending == Gap.NONE
        && length > 0
        && Letters.clings(letters[length - 1])
        && gaps[length - 1] != Gap.NONE;
  }

  private void part(Gap gap) {
    if (gap.compareTo(pending) > 0) {
      pending = gap;
    }
    small = small && gap == Gap.SOFT;
  }

  private void add(int letter, int at, int end) {
    if (length == letters.length) {
      letters = Arrays.copyOf(letters, 2 * length);
      from = Arrays.copyOf(from, 2 * length);
      to = Arrays.copyOf(to, 2 * length);
      gaps = Arrays.copyOf(gaps, 2 * length);
    }
    letters[length] = letter;
    from[length] = at;
    to[length] = end;
    gaps[length] = pending;
    length++;
  }
}
