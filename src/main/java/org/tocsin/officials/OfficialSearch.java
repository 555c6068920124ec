package org.tocsin.officials;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.tocsin.access.StaffId;
import org.tocsin.cases.Countries;
import org.tocsin.platform.language.Messages;

/** Finds officials by words and country; everything is sealed, so it reads in memory. */
public final class OfficialSearch {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private final Officials officials;

  public OfficialSearch(Officials officials) {
    this.officials = officials;
  }

  /**
   * Those in which every word occurs, whatever its case and accents. That somebody searched is
   * written down, and how many they found; never for what.
   *
   * @param typed may be empty
   * @param country its code; empty means every country
   */
  public List<Official> find(String typed, String country, StaffId viewer, Messages words) {
    List<Official> found = found(typed, country, words);
    officials.searched(viewer, found.size());
    return found;
  }

  private List<Official> found(String typed, String country, Messages words) {
    List<String> sought =
        Arrays.stream(plain(typed).split("\\s+")).filter(word -> !word.isEmpty()).toList();
    return officials.all(words).stream()
        .filter(one -> country.isEmpty() || one.details().country().equals(country))
        .filter(
            one -> {
              String text = plain(text(one, words));
              return sought.stream().allMatch(text::contains);
            })
        .toList();
  }

  private static String text(Official official, Messages words) {
    OfficialDetails details = official.details();
    return String.join(
        "\n",
        details.office(),
        details.holder(),
        details.body(),
        Countries.name(details.country(), words),
        details.postalAddress(),
        details.email());
  }

  private static String plain(String text) {
    return MARKS
        .matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }
}
