package org.tocsin.cases;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tocsin.cases.Leak.Certainty;
import org.tocsin.cases.Leak.Kind;
import org.tocsin.cases.Name.Part;
import org.tocsin.cases.NameTree.Sought;
import org.tocsin.cases.NamedRepository.Named;
import org.tocsin.platform.language.Languages;

/**
 * Finds in a text that is to leave below a case's level what tells of a case. Names are sealed, so
 * all of them are opened and sought in memory, of every case whatever its state.
 *
 * <p>A full name in its order is CERTAIN, whatever of its letters, marks, markup or line breaks
 * stand between; so is a case's reference. One part of a name is POSSIBLE, and nothing where it is
 * a common word or short: nobody called Rose May holds up a text about roses in May. Letters of
 * another script that look alike are not taken for each other, and a name the other way round
 * ("Voren, Ilyas") is two parts of it.
 *
 * <p>What is found tells as much as the case itself, and so does that anything was: only whoever
 * may read cases is told. How long a search takes depends on what it finds, so nobody else waits
 * for one.
 */
public final class LeakLint {
  /** How far the text goes. */
  public enum Extent {
    /** Anybody may read it: no name without consent to it, no reference. */
    PUBLIC,
    /** Subject, headers, addresses of a thin mail: no name at all, and no country of a case. */
    THIN
  }

  private static final int LONGEST_ENDING = 4;
  private static final int SHORTEST_COUNTRY_STEM = 5;

  private final Casebook book;
  private final NamedRepository named;
  private final Languages languages;

  public LeakLint(Casebook book, Languages languages) {
    this.book = book;
    this.named = new NamedRepository(book.vault);
    this.languages = languages;
  }

  /** In the order in which they stand. */
  public List<Leak> find(String text, Extent extent) {
    List<Named> all = named.all(book.database, Consent.today(book.now()));
    NameTree tree = new NameTree();
    for (Named one : all) {
      if (extent == Extent.THIN || !one.publicName()) {
        Stream.concat(Stream.of(one.name()), one.otherNames().lines())
            .forEach(name -> addName(tree, Name.of(name), one.id()));
      }
      add(
          tree,
          one.reference(),
          new Sought(Optional.of(one.id()), Kind.REFERENCE, Certainty.CERTAIN));
    }
    List<Leak> found = new ArrayList<>();
    if (extent == Extent.THIN) {
      Set<String> countries = all.stream().map(Named::country).collect(Collectors.toSet());
      countries.forEach(code -> addCountry(tree, code));
      found.addAll(codes(text, countries));
    }
    found.addAll(read(tree, text));
    return tidy(found);
  }

  /** In how many places somebody must look before anybody may read this text. */
  public int places(String text) {
    return (int) find(text, Extent.PUBLIC).stream().filter(Leak::certain).count();
  }

  /** Words of the caller's own, e.g. of a confidential filing; each is found as a whole. */
  public static List<Leak> findWords(String text, Collection<String> forbidden) {
    NameTree tree = new NameTree();
    Sought sought = new Sought(Optional.empty(), Kind.WORDS, Certainty.CERTAIN);
    forbidden.forEach(words -> add(tree, words, sought));
    return tidy(read(tree, text));
  }

  private static void addName(NameTree tree, Name name, CaseId id) {
    Sought certain = new Sought(Optional.of(id), Kind.NAME, Certainty.CERTAIN);
    Sought possible = new Sought(Optional.of(id), Kind.NAME, Certainty.POSSIBLE);
    Stream.of(name, name.untitled())
        .flatMap(spelling -> spelling.fullForms().stream())
        .forEach(form -> tree.add(form, certain));
    for (Part part : name.tellingParts()) {
      tree.add(List.of(part), part.whole() ? certain : possible);
      if (part.stem() < part.letters().length || !Letters.isLatin(part.letters()[0])) {
        int ending = part.letters().length - part.stem() + LONGEST_ENDING;
        tree.addStem(part, part.stem(), ending, possible);
      }
    }
  }

  private void addCountry(NameTree tree, String code) {
    for (String tag : languages.tags()) {
      String name = Countries.name(code, languages.in(tag));
      add(tree, name, new Sought(Optional.empty(), Kind.COUNTRY, Certainty.CERTAIN));
      List<Part> parts = Name.of(name).parts();
      if (parts.size() == 1 && parts.getFirst().letters().length >= SHORTEST_COUNTRY_STEM) {
        Part part = parts.getFirst();
        Sought possible = new Sought(Optional.empty(), Kind.COUNTRY, Certainty.POSSIBLE);
        tree.addStem(part, part.letters().length, LONGEST_ENDING, possible);
      }
    }
  }

  private static void add(NameTree tree, String words, Sought sought) {
    List<Part> parts = Name.of(words).parts();
    if (!parts.isEmpty()) {
      tree.add(parts, sought);
    }
  }

  /** Only in capitals: in small letters most codes are words. */
  private static List<Leak> codes(String text, Set<String> countries) {
    return countries.isEmpty()
        ? List.of()
        : Pattern.compile(
                "(?<![\\p{L}\\p{N}])(?:" + String.join("|", countries) + ")(?![\\p{L}\\p{N}])")
            .matcher(text)
            .results()
            .map(
                code ->
                    new Leak(
                        Optional.empty(),
                        Kind.COUNTRY,
                        Certainty.POSSIBLE,
                        code.start(),
                        code.end()))
            .toList();
  }

  /** As rendered, and once more with all that stands in tags and links. */
  private static List<Leak> read(NameTree tree, String text) {
    return Stream.of(true, false)
        .flatMap(markup -> tree.find(new LetterStream(text, markup)).stream())
        .toList();
  }

  /** Without what lies within something at least as certain about the same case. */
  private static List<Leak> tidy(List<Leak> found) {
    Map<Optional<CaseId>, Reach> reaches = new HashMap<>();
    return found.stream()
        .sorted(
            Comparator.comparingInt(Leak::from)
                .thenComparing(Leak::certainty)
                .thenComparing(Comparator.comparingInt(Leak::to).reversed()))
        .filter(
            leak -> reaches.computeIfAbsent(leak.caseId(), anew -> new Reach()).goesBeyond(leak))
        .toList();
  }

  /** How far into the text what was kept of a case goes. */
  private static final class Reach {
    private int certain;
    private int any;

    boolean goesBeyond(Leak leak) {
      if (leak.to() <= (leak.certain() ? certain : any)) {
        return false;
      }
      any = Math.max(any, leak.to());
      certain = leak.certain() ? Math.max(certain, leak.to()) : certain;
      return true;
    }
  }
}
