package org.tocsin.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.tocsin.house.bad.audit.KnowsPeople;
import org.tocsin.house.bad.broadcasts.KnowsTheWeb;
import org.tocsin.house.bad.network.AbstractThing;
import org.tocsin.house.bad.network.HasItsOwnTime;
import org.tocsin.house.bad.network.Partner;
import org.tocsin.house.bad.network.Prints;
import org.tocsin.house.bad.network.Sleeps;
import org.tocsin.house.bad.platform.one.Left;
import org.tocsin.house.bad.release.OpenRepository;
import org.tocsin.house.bad.release.WritesSql;
import org.tocsin.house.bad.unmarked.Anything;
import org.tocsin.house.bad.web.site.UsesTheDesk;

/**
 * The architecture holds. Each rule is also shown a bad example, which it must find, so that no
 * rule is green because it looks at nothing.
 */
class ArchitectureTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .importPath(Path.of("target/classes"))
          .that(
              DescribedPredicate.describe(
                  "ours, and written by hand",
                  (JavaClass type) ->
                      type.getPackageName().startsWith("org.tocsin")
                          && !type.getPackageName().startsWith("org.tocsin.pages")));
  private static final JavaClasses BAD =
      new ClassFileImporter().importPackages("org.tocsin.house.bad");

  @Test
  void allClassesAreLookedAt() {
    assertThat(HOUSE.size()).isGreaterThan(80);
    assertThat(HOUSE.contain("org.tocsin.App")).isTrue();
  }

  @Test
  void layersPointDown() {
    holds(HouseRules::layersPointDown, KnowsPeople.class);
    holds(HouseRules::layersPointDown, Partner.class);
    holds(HouseRules::layersPointDown, Anything.class);
  }

  @Test
  void featuresHaveNoCycles() {
    holds(HouseRules::featuresHaveNoCycles, Partner.class);
  }

  @Test
  void partsOfThePlatformHaveNoCycles() {
    holds(HouseRules::partsOfThePlatformHaveNoCycles, Left.class);
  }

  @Test
  void audiencesOfTheWebDoNotMix() {
    holds(HouseRules::audiencesOfTheWebDoNotMix, UsesTheDesk.class);
  }

  @Test
  void onlyRepositoriesTouchSql() {
    holds(HouseRules::onlyRepositoriesTouchSql, WritesSql.class);
  }

  @Test
  void repositoriesArePrivateToTheirFeature() {
    holds(HouseRules::repositoriesArePrivateToTheirFeature, OpenRepository.class);
  }

  @Test
  void onlyTheWebTouchesTheRouter() {
    holds(HouseRules::onlyTheWebTouchesTheRouter, KnowsTheWeb.class);
  }

  @Test
  void nobodyReadsTheClock() {
    holds(HouseRules::nobodyReadsTheClock, HasItsOwnTime.class);
  }

  @Test
  void nobodySleeps() {
    holds(HouseRules::nobodySleeps, Sleeps.class);
  }

  @Test
  void onlyCommandsPrint() {
    holds(HouseRules::onlyCommandsPrint, Prints.class);
  }

  @Test
  void namesSayWhatAThingIs() {
    holds(HouseRules::namesSayWhatAThingIs, AbstractThing.class);
  }

  @Test
  void everyPackageIsNullMarked() {
    holds(HouseRules::everyPackageIsNullMarked, Anything.class);
  }

  private static void holds(Function<HouseRules, ArchRule> rule, Class<?> culprit) {
    assertThat(
            rule.apply(new HouseRules("org.tocsin.house.bad"))
                .evaluate(BAD)
                .getFailureReport()
                .toString())
        .as("the rule finds the bad example")
        .contains(culprit.getName());
    rule.apply(new HouseRules("org.tocsin")).check(HOUSE);
  }
}
