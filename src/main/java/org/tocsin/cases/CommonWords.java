package org.tocsin.cases;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words that alone name nobody: those of a language that are names as well, titles, and what ties
 * the parts of a name. One list a language ({@code /words/common_….txt}); a text is held against
 * all of them, since nobody says in which language it is.
 */
final class CommonWords {
  private static final List<String> LANGUAGES = List.of("en", "es", "fr", "de", "pt", "ru", "ar");
  private static final Set<String> TITLES = read("titles");
  private static final Set<String> PARTICLES = read("particles");
  private static final Set<String> COMMON =
      LANGUAGES.stream()
          .map(language -> read("common_" + language))
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  private CommonWords() {}

  /**
   * @param word folded as {@link Letters} folds
   */
  static boolean common(String word) {
    return COMMON.contains(word) || TITLES.contains(word) || PARTICLES.contains(word);
  }

  static boolean title(String word) {
    return TITLES.contains(word);
  }

  static boolean particle(String word) {
    return PARTICLES.contains(word);
  }

  private static Set<String> read(String list) {
    String resource = "/words/" + list + ".txt";
    try (InputStream in = CommonWords.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> Arrays.stream(line.strip().split("\\s+")))
          .flatMap(CommonWords::folded)
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Stream<String> folded(String word) {
    StringBuilder folded = new StringBuilder();
    word.codePoints().forEach(c -> Arrays.stream(Letters.of(c)).forEach(folded::appendCodePoint));
    return folded.isEmpty() ? Stream.of() : Stream.of(folded.toString());
  }
}
