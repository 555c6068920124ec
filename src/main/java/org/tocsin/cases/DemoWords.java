package org.tocsin.cases;

import java.util.List;

/**
 * Names of people and places that exist nowhere, each given out once: whoever finds one outside the
 * desk has found a leak. Cases take the numbers from 0, alerts those from 1000, calls those from
 * 1200, officials and outreach those from 1900.
 */
public final class DemoWords {
  private static final List<String> HEADS =
      List.of(
          "Zurv", "Quell", "Thand", "Ostr", "Vlim", "Brask", "Yeld", "Drog", "Kharm", "Fjell",
          "Wozz", "Pherr", "Ghent", "Ulvm", "Ixtr", "Jorv");
  private static final List<String> MIDDLES =
      List.of(
          "abe", "ino", "ulo", "era", "oki", "ayu", "ede", "imo", "ura", "eni", "ozu", "ala", "eto",
          "ipa", "uvi", "ore");
  private static final List<String> ENDS =
      List.of("drun", "vask", "mund", "lith", "gorn", "thal", "zeth", "quor");

  private DemoWords() {}

  /** The same number gives the same word, another one another. */
  public static String word(int number) {
    return HEADS.get(number % 16) + MIDDLES.get(number / 16 % 16) + ENDS.get(number / 256 % 8);
  }
}
