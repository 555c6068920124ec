package org.tocsin.letters;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * The fonts a PDF is set in, out of libraries: Liberation Serif for Latin, Greek, Cyrillic and
 * Hebrew, DejaVu Serif for Armenian and Georgian, DejaVu Sans for Arabic and what else there is.
 */
final class LetterFonts {
  /** A family in two weights, each a resource of the class path. */
  enum Family {
    LIBERATION_SERIF(
        "Liberation Serif",
        "liberation/LiberationSerif-Regular.ttf",
        "liberation/LiberationSerif-Bold.ttf"),
    DEJAVU_SERIF(
        "DejaVu Serif",
        "net/sf/jasperreports/fonts/dejavu/DejaVuSerif.ttf",
        "net/sf/jasperreports/fonts/dejavu/DejaVuSerif-Bold.ttf"),
    DEJAVU_SANS(
        "DejaVu Sans",
        "net/sf/jasperreports/fonts/dejavu/DejaVuSans.ttf",
        "net/sf/jasperreports/fonts/dejavu/DejaVuSans-Bold.ttf");

    private final String title;
    private final String regular;
    private final String bold;

    Family(String title, String regular, String bold) {
      this.title = title;
      this.regular = regular;
      this.bold = bold;
    }

    String title() {
      return title;
    }

    String regular() {
      return regular;
    }

    String bold() {
      return bold;
    }
  }

  private record Covered(Family family, CmapLookup regular, CmapLookup bold) {
    boolean has(int c) {
      return regular.getGlyphId(c) != 0 && bold.getGlyphId(c) != 0;
    }
  }

  private static final List<Covered> FONTS =
      List.of(Family.values()).stream()
          .map(family -> new Covered(family, cmap(family.regular()), cmap(family.bold())))
          .toList();

  private LetterFonts() {}

  static InputStream open(String resource) {
    return Objects.requireNonNull(
        LetterFonts.class.getClassLoader().getResourceAsStream(resource), resource);
  }

  private static CmapLookup cmap(String resource) {
    try (InputStream in = open(resource);
        TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(in))) {
      return font.getUnicodeCmapLookup();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The characters that none of them has, in the order in which they stand in the text. */
  static Set<Integer> missing(String text) {
    return text.codePoints()
        .filter(c -> !Letter.unseen(c) && c != ' ' && c != '\n')
        .filter(c -> FONTS.stream().noneMatch(font -> font.has(c)))
        .boxed()
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
