package org.tocsin.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;

/** The rules of the house for the packages below a root: {@code org.tocsin}, or a bad example. */
record HouseRules(String root) {
  /**
   * From the top, as in {@code org/tocsin/package-info.java}; those in one line stand beside each
   * other. A package uses what is in a later line, or itself.
   */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of(""),
          List.of("commands"),
          List.of("bench"),
          List.of("hub"),
          List.of("web"),
          List.of("alerts", "calls", "outreach", "reminders"),
          List.of("officials", "filings", "developments"),
          List.of("publications", "cases"),
          List.of("release"),
          List.of("subscribers", "correspondents", "network"),
          List.of("broadcasts"),
          List.of("channels.email", "channels.webhook"),
          List.of("channels"),
          List.of("access"),
          List.of("audit", "mailbox", "letters"),
          List.of("platform"));

  private static final Set<String> READERS_OF_THE_CLOCK = Set.of("now", "currentTimeMillis");
  private static final Pattern EMPTY_NAME =
      Pattern.compile("Abstract[A-Z].*|.*(Util|Utils|Helper|Helpers|Manager|Impl|Common)");

  ArchRule layersPointDown() {
    return classes().that().resideInAPackage(root + "..").should(useOnlyWhatIsBelow());
  }

  private ArchCondition<JavaClass> useOnlyWhatIsBelow() {
    return new ArchCondition<>("use only packages below their own") {
      @Override
      public void check(JavaClass user, ConditionEvents events) {
        Optional<Place> from = place(user);
        if (from.isEmpty()) {
          events.add(
              SimpleConditionEvent.violated(
                  user, user.getName() + " is in a package that is in no layer"));
          return;
        }
        for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
          place(dependency.getTargetClass())
              .filter(to -> !from.get().mayUse(to))
              .ifPresent(
                  to ->
                      events.add(
                          SimpleConditionEvent.violated(
                              dependency,
                              from.get() + " uses " + to + ": " + dependency.getDescription())));
        }
      }
    };
  }

  /** Where a class stands: its layer's number from the top, and its package's name there. */
  private record Place(int layer, String name) {
    boolean mayUse(Place other) {
      return other.layer > layer || other.name.equals(name);
    }

    @Override
    public String toString() {
      return name.isEmpty() ? "the top" : name;
    }
  }

  private Optional<Place> place(JavaClass type) {
    String name = type.getPackageName();
    if (name.equals(root)) {
      return Optional.of(new Place(0, ""));
    }
    if (!name.startsWith(root + ".")) {
      return Optional.empty();
    }
    String below = name.substring(root.length() + 1) + ".";
    return IntStream.range(0, LAYERS.size())
        .boxed()
        .flatMap(layer -> LAYERS.get(layer).stream().map(part -> new Place(layer, part)))
        .filter(place -> !place.name().isEmpty() && below.startsWith(place.name() + "."))
        .max(Comparator.comparingInt(place -> place.name().length()));
  }

  ArchRule featuresHaveNoCycles() {
    return slices().matching(root + ".(*)..").should().beFreeOfCycles();
  }

  ArchRule partsOfThePlatformHaveNoCycles() {
    return slices().matching(root + ".platform.(*)..").should().beFreeOfCycles();
  }

  /** The desk, the site, the API and the mailbox are for different people. */
  ArchRule audiencesOfTheWebDoNotMix() {
    return slices()
        .matching(root + ".web.(*)..")
        .should()
        .notDependOnEachOther()
        .allowEmptyShould(true);
  }

  ArchRule onlyRepositoriesTouchSql() {
    return noClasses()
        .that(are("no repository", type -> !isRepository(type)))
        .and()
        .resideOutsideOfPackage(root + ".platform.database..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql..");
  }

  private static boolean isRepository(JavaClass type) {
    JavaClass outermost = type;
    while (outermost.getEnclosingClass().isPresent()) {
      outermost = outermost.getEnclosingClass().get();
    }
    return outermost.getSimpleName().endsWith("Repository");
  }

  ArchRule repositoriesArePrivateToTheirFeature() {
    return classes()
        .that()
        .haveSimpleNameEndingWith("Repository")
        .should()
        .bePackagePrivate()
        .allowEmptyShould(true);
  }

  ArchRule onlyTheWebTouchesTheRouter() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(root + ".web..", root + ".hub")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vertx.ext.web..");
  }

  /** Time comes from the injected source, so that tests can set it. */
  ArchRule nobodyReadsTheClock() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(root + ".platform.time..", root + ".hub", root + ".commands")
        .should()
        .accessTargetWhere(calls("the clock of the machine", HouseRules::readsTheClock));
  }

  private static boolean readsTheClock(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getTarget().getName();
    return (READERS_OF_THE_CLOCK.contains(name)
            && (owner.getPackageName().equals("java.time") || owner.isEquivalentTo(System.class)))
        || (owner.isEquivalentTo(InstantSource.class) && name.equals("system"))
        || (owner.isEquivalentTo(Clock.class) && name.startsWith("system"))
        || (owner.isEquivalentTo(Date.class) && name.equals("<init>"));
  }

  ArchRule nobodySleeps() {
    return noClasses()
        .should()
        .accessTargetWhere(
            calls(
                "Thread.sleep",
                access ->
                    access.getTarget().getName().equals("sleep")
                        && (access.getTargetOwner().isEquivalentTo(Thread.class)
                            || access
                                .getTargetOwner()
                                .getName()
                                .equals("java.util.concurrent.TimeUnit"))));
  }

  /** Only commands, and a hub that says where to look, talk to a terminal; all else logs. */
  ArchRule onlyCommandsPrint() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(root + ".hub", root + ".commands..")
        .should()
        .accessTargetWhere(
            calls(
                "the terminal or java.util.logging",
                access ->
                    access.getTargetOwner().getPackageName().equals("java.util.logging")
                        || (access.getTargetOwner().isEquivalentTo(System.class)
                            && Set.of("out", "err").contains(access.getTarget().getName()))
                        || access.getTarget().getName().equals("printStackTrace")));
  }

  ArchRule namesSayWhatAThingIs() {
    return noClasses()
        .should(
            new ArchCondition<JavaClass>("have a name that says nothing") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                boolean empty = EMPTY_NAME.matcher(type.getSimpleName()).matches();
                events.add(
                    new SimpleConditionEvent(
                        type, empty, type.getName() + (empty ? " says nothing" : " is named")));
              }
            });
  }

  ArchRule everyPackageIsNullMarked() {
    return classes()
        .should(
            new ArchCondition<JavaClass>("live in a package whose package-info is @NullMarked") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(
                    new SimpleConditionEvent(
                        type,
                        marked,
                        type.getPackageName()
                            + (marked ? " is" : " is not")
                            + " @NullMarked, of "
                            + type.getName()));
              }
            });
  }

  private static DescribedPredicate<JavaClass> are(
      String description, java.util.function.Predicate<JavaClass> test) {
    return DescribedPredicate.describe("are " + description, test);
  }

  private static DescribedPredicate<JavaAccess<?>> calls(
      String description, java.util.function.Predicate<JavaAccess<?>> test) {
    return DescribedPredicate.describe(description + " is called", test);
  }
}
