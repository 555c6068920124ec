package org.tocsin.letters;

import com.ibm.icu.text.DateFormat;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Set;

/** The line that says where and when, as it is written in the letter's own language. */
public final class LetterDate {
  private static final Set<String> ARABIC_COMMA = Set.of("ar", "fa", "ur", "ps", "ckb", "ug", "sd");
  private static final Set<String> NO_COMMA = Set.of("zh", "ja", "ko");

  private LetterDate() {}

  /**
   * By the Gregorian calendar, which every office abroad files by, whatever the language's own.
   *
   * @param place may be empty
   * @param language a BCP 47 tag
   */
  public static String line(String place, LocalDate day, String language) {
    ULocale locale = ULocale.forLanguageTag(language);
    // English of no country goes abroad, where the day comes first.
    ULocale style = locale.equals(ULocale.ENGLISH) ? ULocale.forLanguageTag("en-001") : locale;
    DateFormat format =
        DateFormat.getDateInstance(DateFormat.LONG, style.setKeywordValue("calendar", "gregorian"));
    format.setTimeZone(TimeZone.GMT_ZONE);
    String date = format.format(Date.from(day.atStartOfDay(ZoneOffset.UTC).toInstant()));
    return place.isBlank() ? date : place.strip() + comma(locale.getLanguage()) + date;
  }

  private static String comma(String language) {
    return ARABIC_COMMA.contains(language) ? "، " : NO_COMMA.contains(language) ? " " : ", ";
  }
}
