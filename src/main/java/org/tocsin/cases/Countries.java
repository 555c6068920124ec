package org.tocsin.cases;

import com.ibm.icu.util.Region;
import com.ibm.icu.util.Region.RegionType;
import java.text.Collator;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.tocsin.platform.language.Messages;

/**
 * Countries by ISO 3166-1 and where they lie: in a sub-region of the United Nations' M49, and in
 * one of the committee's five regions.
 */
public final class Countries {
  /** A demonstration's, under codes that ISO leaves to users, each in a real sub-region. */
  private static final Map<String, String> INVENTED = Map.of("XN", "151", "XQ", "145", "XT", "005");

  private static final Set<String> REAL = Set.of(Locale.getISOCountries());

  /** Where the committee's scheme does not follow M49's sub-regions. */
  private static final Map<String, CommitteeRegion> EXCEPTIONS =
      Map.of(
          "AM", CommitteeRegion.EUROPE_EURASIA,
          "AZ", CommitteeRegion.EUROPE_EURASIA,
          "CY", CommitteeRegion.EUROPE_EURASIA,
          "GE", CommitteeRegion.EUROPE_EURASIA,
          "TR", CommitteeRegion.EUROPE_EURASIA,
          "IR", CommitteeRegion.MIDDLE_EAST_NORTH_AFRICA,
          "SD", CommitteeRegion.SUB_SAHARAN_AFRICA);

  private Countries() {}

  public static boolean known(String code) {
    return INVENTED.containsKey(code) || REAL.contains(code);
  }

  /** All, the invented ones first, then by their names. */
  public static List<String> all(Messages words) {
    Collator order = Collator.getInstance(words.locale());
    return Stream.concat(
            INVENTED.keySet().stream().sorted(),
            Arrays.stream(Locale.getISOCountries())
                .sorted((one, other) -> order.compare(name(one, words), name(other, words))))
        .toList();
  }

  public static String name(String code, Messages words) {
    return INVENTED.containsKey(code)
        ? words.text("cases.country." + code)
        : Locale.of("", code).getDisplayCountry(words.locale());
  }

  /** The sub-region's three digits in M49, e.g. 017 for Middle Africa; empty where M49 has none. */
  public static String m49(String code) {
    String invented = INVENTED.get(code);
    if (invented != null) {
      return invented;
    }
    Region region = region(code).getContainingRegion(RegionType.SUBCONTINENT);
    return region == null ? "" : region.toString();
  }

  public static CommitteeRegion committee(String code) {
    CommitteeRegion exception = EXCEPTIONS.get(code);
    if (exception != null) {
      return exception;
    }
    return switch (m49(code)) {
      case "015", "145" -> CommitteeRegion.MIDDLE_EAST_NORTH_AFRICA;
      case "011", "014", "017", "018" -> CommitteeRegion.SUB_SAHARAN_AFRICA;
      case "005", "013", "021", "029" -> CommitteeRegion.AMERICAS;
      case "143", "151", "154", "155", "039" -> CommitteeRegion.EUROPE_EURASIA;
      default -> CommitteeRegion.ASIA_PACIFIC;
    };
  }

  private static Region region(String code) {
    return Region.getInstance(code);
  }
}
