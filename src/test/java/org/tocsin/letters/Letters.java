package org.tocsin.letters;

import java.time.LocalDate;
import java.util.List;

/** Letters of a test, in the scripts that a letter is likely to be in. */
final class Letters {
  static final LocalDate DAY = LocalDate.of(2026, 6, 15);

  private Letters() {}

  static Letter of(String language, String subject, String... paragraphs) {
    return new Letter(
        language,
        List.of("Anna Lind", ""),
        List.of("Minister of Justice", "3 Independence Square"),
        LetterDate.line("Uppsala", DAY, language),
        subject,
        "Your Excellency,",
        List.of(paragraphs),
        "Yours sincerely,",
        List.of("", "Professor Anna Lind"),
        List.of("Copy: Embassy of Norvania"));
  }

  static Letter english() {
    return of("en", "The detention of Dr Voren", "I write to you as a colleague of Dr Voren.");
  }

  static Letter russian() {
    return of("ru", "О задержании доктора Ворена", "Пишу Вам как коллега доктора Ворена.");
  }

  static Letter arabic() {
    return new Letter(
        "ar",
        List.of(""),
        List.of("معالي وزير العدل", "وزارة العدل في قسمار"),
        LetterDate.line("أوبسالا", DAY, "ar"),
        "بشأن احتجاز الطبيبة",
        "معالي الوزير،",
        List.of("أكتب إليكم بصفتي زميلة للطبيبة المحتجزة (Marisela) منذ 30 مايو. لا لبس في ذلك."),
        "مع الاحترام،",
        List.of("آنا ليند"),
        List.of());
  }

  static Letter persian() {
    return of("fa", "بازداشت دکتر", "می‌نویسم که گچ پژ چگونه کتاب‌ها را می‌خواهم.");
  }

  static Letter hebrew() {
    return of("he", "מעצרו של הרופא", "אני כותבת אליך כעמיתה של הרופא.");
  }

  static List<Letter> all() {
    return List.of(english(), russian(), arabic(), persian(), hebrew());
  }
}
