package org.tocsin.testing;

import ch.digitalfondue.jfiveparse.Element;
import ch.digitalfondue.jfiveparse.JFiveParse;
import ch.digitalfondue.jfiveparse.Node;
import ch.digitalfondue.jfiveparse.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * All that a page says to its reader, seen or read aloud, each with the language it is marked as.
 */
public record ReadableText(String language, String text) {
  private static final Set<String> SILENT = Set.of("script", "style", "template");
  private static final List<String> SPOKEN = List.of("alt", "aria-label", "title", "placeholder");

  /** The same in every language: addresses, formats' names, the time's zone. */
  private static final Pattern NAMES =
      Pattern.compile(
          "https?://\\S+|[\\w.+%-]+@[\\w.-]+|/dev/mailbox|\\{\\{\\w+}}|\\b(Atom|JSON Feed|UTC)\\b");

  private static final Pattern LATIN = Pattern.compile("\\p{IsLatin}");

  public static List<ReadableText> of(String html) {
    List<ReadableText> found = new ArrayList<>();
    collect(JFiveParse.parse(html), "", found);
    return found;
  }

  private static void collect(Node node, String language, List<ReadableText> found) {
    switch (node) {
      case Text text when !text.getData().isBlank() ->
          found.add(new ReadableText(language, text.getData().strip()));
      case Element element -> {
        String own = element.containsAttribute("lang") ? element.getAttribute("lang") : language;
        for (String name : SPOKEN) {
          if (element.containsAttribute(name) && !element.getAttribute(name).isBlank()) {
            found.add(new ReadableText(own, element.getAttribute(name)));
          }
        }
        if (!SILENT.contains(element.getNodeName().toLowerCase(java.util.Locale.ROOT))) {
          element.getChildNodes().forEach(child -> collect(child, own, found));
        }
      }
      default -> node.getChildNodes().forEach(child -> collect(child, language, found));
    }
  }

  /** Whether this is in Latin letters. */
  public boolean latin() {
    return LATIN.matcher(NAMES.matcher(text).replaceAll("")).find();
  }
}
