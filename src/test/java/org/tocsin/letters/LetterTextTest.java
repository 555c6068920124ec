package org.tocsin.letters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A letter as plain text, and the line that says where and when. */
class LetterTextTest {
  @Test
  void aLetterReadsFromTheSenderToTheCopies() {
    assertThat(LetterText.of(Letters.english()))
        .isEqualTo(
            """
            Anna Lind
            ________________________________________

            Uppsala, 15 June 2026

            Minister of Justice
            3 Independence Square

            The detention of Dr Voren

            Your Excellency,

            I write to you as a colleague of Dr Voren.

            Yours sincerely,

            ________________________________________
            Professor Anna Lind

            Copy: Embassy of Norvania
            """);
  }

  @Test
  void noLineIsWiderThan72ColumnsAndNothingIsLost() {
    String words = "The duty to treat whoever is hurt is as old as the profession. ".repeat(9);
    String chinese = "部长阁下".repeat(40);
    String endless = "x".repeat(400);
    String text =
        LetterText.of(Letters.of("zh", "Subject", words, chinese, endless, "🌹".repeat(50)));
    assertThat(text.lines())
        .allMatch(line -> line.codePoints().map(c -> c >= 0x2E80 ? 2 : 1).sum() <= 72);
    String joined = text.replaceAll("\\s", "");
    assertThat(joined).contains(words.replaceAll("\\s", ""), chinese, endless, "🌹".repeat(50));
  }

  @Test
  void aDateIsWrittenInTheLettersOwnLanguage() {
    assertThat(
            List.of("en", "en-US", "fr", "es", "ru", "ar", "fa", "he", "zh").stream()
                .map(language -> LetterDate.line("", Letters.DAY, language))
                // Some languages keep a number and its word on one line.
                .map(line -> line.replaceAll("\\h", " ")))
        .containsExactly(
            "15 June 2026",
            "June 15, 2026",
            "15 juin 2026",
            "15 de junio de 2026",
            "15 июня 2026 г.",
            "15 يونيو 2026",
            "۱۵ ژوئن ۲۰۲۶",
            "15 ביוני 2026",
            "2026年6月15日");
    assertThat(LetterDate.line(" أوبسالا ", Letters.DAY, "ar")).isEqualTo("أوبسالا، 15 يونيو 2026");
  }

  @Test
  void aLineEndInAParagraphStaysAndABlankParagraphGoes() {
    Letter letter = Letters.of("en", "", "one\r\ntwo\n", " \n ");
    assertThat(letter.paragraphs()).containsExactly("one\ntwo");
    assertThat(LetterText.of(letter)).contains("one\ntwo\n\nYours sincerely");
  }
}
