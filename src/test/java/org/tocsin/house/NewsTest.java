package org.tocsin.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.bus.Topic;

/** News crosses the network between nodes in plain text, so there is nothing in it. */
class NewsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target/classes/org/tocsin"));

  @Test
  void newsHoldsNothingButNumbersOfThings() {
    List<JavaClass> news =
        CLASSES.stream()
            .flatMap(type -> type.getFields().stream())
            .filter(field -> field.getRawType().isEquivalentTo(Topic.class))
            .map(JavaField::getOwner)
            .toList();
    assertThat(news).hasSizeGreaterThanOrEqualTo(5);
    for (JavaClass each : news) {
      assertThat(parts(each)).as(each.getSimpleName()).allMatch(NewsTest::isNumber);
    }
  }

  private static Stream<JavaClass> parts(JavaClass type) {
    return type.getFields().stream()
        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
        .map(JavaField::getRawType);
  }

  /** A number, or an id that is one. */
  private static boolean isNumber(JavaClass type) {
    return type.isPrimitive()
        || (type.isAssignableTo(Record.class) && parts(type).allMatch(NewsTest::isNumber));
  }
}
