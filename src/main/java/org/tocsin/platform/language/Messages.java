package org.tocsin.platform.language;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.ULocale;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The texts of one language; a text it lacks is taken from English. */
public final class Messages {
  private final Locale locale;
  private final Map<String, String> texts;
  private final Map<String, String> english;

  Messages(Locale locale, Map<String, String> texts, Map<String, String> english) {
    this.locale = locale;
    this.texts = texts;
    this.english = english;
  }

  public String text(String key, @Nullable Object... arguments) {
    String pattern = texts.getOrDefault(key, english.get(key));
    if (pattern == null) {
      throw new IllegalArgumentException("no message " + key);
    }
    return new MessageFormat(pattern, ULocale.forLocale(locale)).format(arguments);
  }

  public boolean has(String key) {
    return texts.containsKey(key) || english.containsKey(key);
  }

  public Locale locale() {
    return locale;
  }

  public String tag() {
    return locale.toLanguageTag();
  }

  /** For the {@code dir} attribute. */
  public String direction() {
    return ULocale.forLocale(locale).isRightToLeft() ? "rtl" : "ltr";
  }

  /** The language's own name for itself, e.g. "français". */
  public String ownName() {
    return locale.getDisplayLanguage(locale);
  }
}
