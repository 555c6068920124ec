package org.tocsin.cases;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tocsin.cases.LetterStream.Gap;

/**
 * A name taken apart, and what of it would tell who is meant.
 *
 * @param parts the words of it, from the first to the last
 */
record Name(List<Part> parts) {
  /** Shorter ones alone are never looked for. */
  private static final int SHORTEST = 4;

  /** A whole name in a script without blanks is one word. */
  private static final int WHOLE_WITHOUT_BLANKS = 3;

  private static final int SHORTEST_STEM = 5;
  private static final int LONGEST_ENDING = 2;

  /** Of a longer name only the first with each later part is looked for, not every choice. */
  private static final int MANY = 6;

  /** A word of a name: its letters, and before which of them a hyphen or the like may stand. */
  record Part(int[] letters, boolean[] tied) {
    String text() {
      return new String(letters, 0, letters.length);
    }

    /** A sign of Chinese or Japanese is worth two letters. */
    int weight() {
      int weight = 0;
      for (int letter : letters) {
        weight += Letters.standsAlone(letter) ? 2 : 1;
      }
      return weight;
    }

    boolean names() {
      return weight() >= SHORTEST && !CommonWords.common(text());
    }

    boolean whole() {
      return letters.length >= WHOLE_WITHOUT_BLANKS && Letters.standsAlone(letters[0]);
    }

    /** How much of it stays whatever ending it takes; all of it in Latin letters. */
    int stem() {
      return Letters.isLatin(letters[0]) || letters.length < SHORTEST_STEM
          ? letters.length
          : Math.max(SHORTEST_STEM, letters.length - LONGEST_ENDING);
    }
  }

  static Name of(String written) {
    LetterStream stream = new LetterStream(written, false);
    List<Part> parts = new ArrayList<>();
    int start = 0;
    for (int at = 1; at <= stream.length(); at++) {
      if (stream.gap(at).compareTo(Gap.WIDE) >= 0) {
        parts.add(part(stream, start, at));
        start = at;
      }
    }
    return new Name(parts);
  }

  private static Part part(LetterStream stream, int start, int end) {
    int[] letters = new int[end - start];
    boolean[] tied = new boolean[end - start];
    for (int at = start; at < end; at++) {
      letters[at - start] = stream.letter(at);
      tied[at - start] = at > start && stream.gap(at) != Gap.NONE;
    }
    return new Part(letters, tied);
  }

  /** Without "Dr." and the like; a name all the same, since somebody may be called Judge or Don. */
  Name untitled() {
    return new Name(parts.stream().filter(part -> !CommonWords.title(part.text())).toList());
  }

  /**
   * The whole name, and the first part with later ones in their order: many people are called by
   * two of their names, and which two is a matter of country.
   */
  List<List<Part>> fullForms() {
    List<List<Part>> forms = new ArrayList<>();
    if (parts.size() > MANY) {
      forms.add(parts);
      parts.subList(1, parts.size()).stream()
          .filter(part -> !CommonWords.particle(part.text()))
          .forEach(part -> forms.add(List.of(parts.getFirst(), part)));
    } else if (parts.size() > 1) {
      for (int choice = 1; choice < 1 << (parts.size() - 1); choice++) {
        List<Part> form = new ArrayList<>(List.of(parts.getFirst()));
        for (int later = 1; later < parts.size(); later++) {
          if ((choice >> (later - 1) & 1) == 1) {
            form.add(parts.get(later));
          }
        }
        if (!CommonWords.particle(form.getLast().text())) {
          forms.add(form);
        }
      }
    }
    return forms;
  }

  /** Parts that alone may tell who is meant, and what a hyphen ties together in them. */
  List<Part> tellingParts() {
    List<Part> telling = new ArrayList<>();
    for (Part part : parts) {
      telling.add(part);
      int start = 0;
      for (int at = 1; at <= part.letters().length; at++) {
        if (at == part.letters().length || part.tied()[at]) {
          if (at - start < part.letters().length) {
            telling.add(piece(part, start, at));
          }
          start = at;
        }
      }
    }
    return telling.stream().filter(Part::names).toList();
  }

  private static Part piece(Part part, int start, int end) {
    return new Part(Arrays.copyOfRange(part.letters(), start, end), new boolean[end - start]);
  }
}
