package org.tocsin.publications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;

class DraftRulesTest {
  private static final Messages words = Languages.load().in("en");
  private final DraftRules rules = new DraftRules(Set.of("newsletter", "torture")::contains);

  @Test
  void aGoodDraftIsTidied() {
    assertThat(
            rules.checked(
                new Draft(
                    " 2026-06 ",
                    " Letter ",
                    " In short ",
                    "one\r\ntwo\rthree",
                    List.of("torture", "torture")),
                words))
        .isEqualTo(
            new Draft("2026-06", "Letter", "In short", "one\ntwo\nthree", List.of("torture")));
  }

  @Test
  void everyWrongFieldIsNamedAtOnce() {
    assertThat(wrong(new Draft("", "", "x".repeat(201), " \n ", List.of())))
        .containsExactlyInAnyOrder("month", "subject", "preheader", "body_markdown", "topics");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-13",
        "2026-00",
        "2026-6",
        "0000-01",
        "2200-01",
        "26-06",
        "2026-06-01",
        "June"
      })
  void onlyARealMonthIsAMonth(String month) {
    assertThat(wrong(new Draft(month, "s", "", "b", List.of("torture")))).containsExactly("month");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nBcc: x",
        "a\rb",
        "a\u0000b",
        "a\u0085b",
        "a\u2028b",
        "a\u2029b",
        "a\tb",
        "a\u202Eb"
      })
  void aSubjectIsOneLine(String subject) {
    assertThat(wrong(new Draft("2026-06", subject, subject, "b", List.of("torture"))))
        .containsExactlyInAnyOrder("subject", "preheader");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD800", "a\uDC00b", "\uFFFE", "Dear {{name}},", "a\u202Db"})
  void whatCannotBeSentToEverybodyIsRefused(String text) {
    assertThat(wrong(new Draft("2026-06", text, text, text, List.of("torture"))))
        .containsExactlyInAnyOrder("subject", "preheader", "body_markdown");
  }

  @Test
  void twoHundredCharactersAreCharactersNotUnits() {
    String faces = "🕊".repeat(200);
    assertThat(wrong(new Draft("2026-06", faces, faces, "b", List.of("torture")))).isEmpty();
    assertThat(wrong(new Draft("2026-06", faces + "x", "", "b", List.of("torture"))))
        .containsExactly("subject");
  }

  @Test
  void aBodyHasTwoHundredThousandBytes() {
    assertThat(wrong(new Draft("2026-06", "s", "", "é".repeat(100_000), List.of("torture"))))
        .isEmpty();
    assertThat(wrong(new Draft("2026-06", "s", "", "é".repeat(100_000) + "x", List.of("torture"))))
        .containsExactly("body_markdown");
    assertThat(wrong(new Draft("2026-06", "s", "", "bell \u0007", List.of("torture"))))
        .containsExactly("body_markdown");
  }

  @Test
  void topicsAreThoseThatReadersCanChoose() {
    assertThat(wrong(new Draft("2026-06", "s", "", "b", List.of("torture", "weather"))))
        .containsExactly("topics");
    List<String> many = IntStream.range(0, 51).mapToObj(i -> "t" + i).toList();
    assertThat(wrong(new DraftRules(topic -> true), new Draft("2026-06", "s", "", "b", many)))
        .containsExactly("topics");
  }

  private List<String> wrong(Draft draft) {
    return wrong(rules, draft);
  }

  private static List<String> wrong(DraftRules rules, Draft draft) {
    Invalid invalid = catchThrowableOfType(Invalid.class, () -> rules.checked(draft, words));
    return invalid == null
        ? List.of()
        : invalid.fields().stream().map(Field::name).collect(Collectors.toList());
  }
}
