package org.tocsin.alerts;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.util.ULocale;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a letter in some language opens to an official.
 *
 * @param fits whether it is in the letter's language
 */
record Salutation(String text, boolean fits) {
  private static final String ENGLISH = "en";

  /** In their own language or in English; for any other there is only their own, which fits not. */
  static Salutation of(Target target, String language) {
    if (speaks(target.language(), language) && !target.salutation().isEmpty()) {
      return new Salutation(target.salutation(), written(target.salutation(), language));
    }
    if (speaks(ENGLISH, language) && !target.englishSalutation().isEmpty()) {
      return new Salutation(
          target.englishSalutation(), written(target.englishSalutation(), language));
    }
    return new Salutation(target.salutation(), target.salutation().isEmpty());
  }

  static boolean speaks(String tag, String language) {
    return spoken(tag).equals(spoken(language));
  }

  static String spoken(String tag) {
    return Locale.forLanguageTag(tag).getLanguage();
  }

  /** Whatever its tag says: words in Cyrillic letters open no letter in English. */
  private static boolean written(String text, String language) {
    int @Nullable [] scripts = UScript.getCode(ULocale.forLanguageTag(language));
    int[] letters = text.codePoints().filter(Character::isLetter).toArray();
    return scripts == null
        || letters.length == 0
        || Arrays.stream(letters)
            .map(UScript::getScript)
            .anyMatch(script -> Arrays.stream(scripts).anyMatch(known -> known == script));
  }
}
