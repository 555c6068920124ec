package org.tocsin.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.tocsin.platform.language.Languages;

/**
 * A second language out of the first: every letter of the English texts becomes an Arabic one, so
 * that whatever a page still says in Latin letters never was in a bundle.
 */
public final class PseudoLanguage {
  public static final String TAG = "ar";
  private static final String LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي";

  private PseudoLanguage() {}

  /** Writes the bundles into a folder for the class path. */
  public static Path write(Path classes) {
    try {
      Files.createDirectories(classes.resolve("messages"));
      for (String area : Languages.AREAS) {
        Properties english = english(area);
        Properties other = new Properties();
        english.stringPropertyNames().forEach(key -> other.setProperty(key, of(english, key)));
        try (Writer out =
            Files.newBufferedWriter(
                classes.resolve("messages").resolve(area + "_" + TAG + ".properties"))) {
          other.store(out, null);
        }
      }
      return classes;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Properties english(String area) throws IOException {
    Properties texts = new Properties();
    try (InputStream in =
        PseudoLanguage.class.getResourceAsStream("/messages/" + area + "_en.properties")) {
      texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    return texts;
  }

  private static String of(Properties english, String key) {
    return of(english.getProperty(key));
  }

  /**
   * Of an ICU MessageFormat pattern. Braces alternate: outermost are words, inside of one the
   * syntax of an argument, inside of two the words of a plural, and so on.
   */
  public static String of(String pattern) {
    StringBuilder other = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char sign = pattern.charAt(i);
      depth += sign == '{' ? 1 : sign == '}' ? -1 : 0;
      other.append(depth % 2 == 0 && Character.isLetter(sign) ? letter(sign) : sign);
    }
    return other.toString();
  }

  private static char letter(char latin) {
    return LETTERS.charAt(Character.toLowerCase(latin) % LETTERS.length());
  }
}
