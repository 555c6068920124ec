package org.tocsin.cases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.cases.Leak.Certainty;
import org.tocsin.cases.Leak.Kind;
import org.tocsin.cases.LetterStream.Gap;
import org.tocsin.cases.Name.Part;

/**
 * Everything sought, as one tree of letters that is walked from the beginning of each word: a text
 * takes as long for thousands of names as for a few.
 */
final class NameTree {
  /** What was sought under some letters. */
  record Sought(Optional<CaseId> caseId, Kind kind, Certainty certainty) {}

  /** What must stand before a letter. */
  private enum Before {
    /** Nothing that a reader sees. */
    NOTHING,
    /** Nothing, or whatever ties or parts two words. */
    MAYBE,
    /** Something, though not the end of a sentence. */
    SOMETHING;

    boolean allows(Gap gap) {
      return switch (this) {
        case NOTHING -> gap.compareTo(Gap.SOFT) <= 0;
        case MAYBE -> gap != Gap.SENTENCE;
        case SOMETHING -> gap != Gap.NONE && gap != Gap.SENTENCE;
      };
    }
  }

  private record Edge(Before before, int letter) {}

  private record End(Sought sought, int ending) {}

  private static final class Node {
    private final Map<Edge, Node> next = new HashMap<>(2);
    private final List<End> ends = new ArrayList<>(0);
  }

  private static final Before[] WAYS = Before.values();

  private final Node root = new Node();

  /** Words that follow each other. */
  void add(List<Part> form, Sought sought) {
    Node node = root;
    for (Part part : form) {
      node = grown(node, part, part.letters().length, node != root);
    }
    node.ends.add(new End(sought, 0));
  }

  /**
   * One word that may take an ending.
   *
   * @param stem how many of its letters stay
   * @param ending how many letters may follow them
   */
  void addStem(Part part, int stem, int ending, Sought sought) {
    grown(root, part, stem, false).ends.add(new End(sought, ending));
  }

  private static Node grown(Node from, Part part, int letters, boolean follows) {
    Node node = from;
    for (int at = 0; at < letters; at++) {
      Before before =
          at == 0
              ? follows ? Before.SOMETHING : Before.MAYBE
              : part.tied()[at] ? Before.MAYBE : Before.NOTHING;
      node = node.next.computeIfAbsent(new Edge(before, part.letters()[at]), anew -> new Node());
    }
    return node;
  }

  /** Everything sought that stands in a text; the same place may be found more than once. */
  List<Leak> find(LetterStream text) {
    List<Leak> found = new ArrayList<>();
    for (int start = 0; start < text.length(); start++) {
      if (text.gap(start) != Gap.NONE) {
        @Nullable Node first = root.next.get(new Edge(Before.MAYBE, text.letter(start)));
        if (first != null) {
          walk(first, text, start, start + 1, found);
        }
      }
    }
    return found;
  }

  private static void walk(Node node, LetterStream text, int start, int at, List<Leak> found) {
    for (End end : node.ends) {
      int last = at;
      while (last < at + end.ending() && text.gap(last) == Gap.NONE) {
        last++;
      }
      if (text.gap(last) != Gap.NONE) {
        found.add(
            new Leak(
                end.sought().caseId(),
                end.sought().kind(),
                end.sought().certainty(),
                text.from(start),
                text.to(last - 1)));
      }
    }
    if (at == text.length() || node.next.isEmpty()) {
      return;
    }
    for (Before before : WAYS) {
      if (before.allows(text.gap(at))) {
        step(node, before, text, start, at, found);
      }
    }
    if (isInitial(text, at)) {
      step(node, Before.SOMETHING, text, start, at + 1, found);
    }
  }

  private static void step(
      Node node, Before before, LetterStream text, int start, int at, List<Leak> found) {
    @Nullable Node next = node.next.get(new Edge(before, text.letter(at)));
    if (next != null) {
      walk(next, text, start, at + 1, found);
    }
  }

  /** A letter by itself between two words of a name: "Ilyas M. Voren". */
  private static boolean isInitial(LetterStream text, int at) {
    return at + 1 < text.length()
        && Before.SOMETHING.allows(text.gap(at))
        && text.gap(at + 1).compareTo(Gap.TIE) >= 0
        && Before.SOMETHING.allows(text.gap(at + 1));
  }
}
