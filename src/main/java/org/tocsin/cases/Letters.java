package org.tocsin.cases;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.Transliterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Letters as they are compared: compatibility forms, case and diacritics folded (Unicode's
 * NFKC_Casefold, without marks), Latin letters with strokes and the like as their plain ones.
 * Letters of different scripts that look alike stay different.
 */
final class Letters {
  private static final Normalizer2 FOLD = Normalizer2.getNFKCCasefoldInstance();
  private static final Normalizer2 DECOMPOSE = Normalizer2.getNFDInstance();
  private static final Transliterator PLAIN = Transliterator.getInstance("Latin-ASCII");
  private static final int TATWEEL = 0x640;
  private static final Map<Integer, int[]> KNOWN = new ConcurrentHashMap<>();

  private Letters() {}

  /** The letters and digits that a code point stands for; none for whatever is not one. */
  static int[] of(int point) {
    if (point < 0x80) {
      return Character.isLetterOrDigit(point)
          ? new int[] {Character.toLowerCase(point)}
          : new int[0];
    }
    return KNOWN.computeIfAbsent(point, Letters::fold);
  }

  private static int[] fold(int point) {
    String folded = DECOMPOSE.normalize(FOLD.normalize(UCharacter.toString(point)));
    if (UScript.getScript(point) == UScript.LATIN) {
      synchronized (PLAIN) {
        folded = PLAIN.transliterate(folded);
      }
    }
    return folded
        .codePoints()
        .filter(c -> Character.isLetterOrDigit(c) && c != TATWEEL)
        .map(Character::toLowerCase)
        .toArray();
  }

  /** A mark on a letter, or a letter that only stretches another: it parts nothing. */
  static boolean isMark(int point) {
    return point == TATWEEL
        || switch (Character.getType(point)) {
          case Character.NON_SPACING_MARK,
              Character.ENCLOSING_MARK,
              Character.COMBINING_SPACING_MARK ->
              true;
          default -> false;
        };
  }

  /** Whether words of this letter's script stand without blanks between them. */
  static boolean standsAlone(int letter) {
    return letter > 0x7f && UScript.breaksBetweenLetters(UScript.getScript(letter));
  }

  /** One letter that Arabic writes onto the word behind it: and, with, for, as. */
  static boolean clings(int letter) {
    return "وفبلك".indexOf(letter) >= 0;
  }

  static boolean isLatin(int letter) {
    return letter < 0x80 || UScript.getScript(letter) == UScript.LATIN;
  }
}
