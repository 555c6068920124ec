package org.tocsin.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.language.Languages;

class CountriesTest {
  @Test
  void everyCountryLiesInBothSchemes() {
    for (String code : Locale.getISOCountries()) {
      // Antarctica and its neighbours lie in no sub-region where anybody works.
      assertThat(Countries.m49(code)).as(code).matches("[0-9]{3}|QO|");
      assertThat(Countries.committee(code)).as(code).isNotNull();
    }
  }

  @Test
  void knownCountriesLieWhereTheyLie() {
    Map<String, CommitteeRegion> regions =
        Map.of(
            "CD", CommitteeRegion.SUB_SAHARAN_AFRICA,
            "MM", CommitteeRegion.ASIA_PACIFIC,
            "SY", CommitteeRegion.MIDDLE_EAST_NORTH_AFRICA,
            "IR", CommitteeRegion.MIDDLE_EAST_NORTH_AFRICA,
            "TR", CommitteeRegion.EUROPE_EURASIA,
            "UA", CommitteeRegion.EUROPE_EURASIA,
            "US", CommitteeRegion.AMERICAS,
            "XT", CommitteeRegion.AMERICAS,
            "XN", CommitteeRegion.EUROPE_EURASIA,
            "XQ", CommitteeRegion.MIDDLE_EAST_NORTH_AFRICA);
    regions.forEach(
        (code, region) -> assertThat(Countries.committee(code)).as(code).isEqualTo(region));
    assertThat(Countries.m49("CD")).isEqualTo("017");
    assertThat(Countries.m49("AU")).isEqualTo("053");
    assertThat(Countries.name("XN", Languages.load().in("en"))).isEqualTo("Norvania");
    assertThat(Countries.known("XX")).isFalse();
  }
}
