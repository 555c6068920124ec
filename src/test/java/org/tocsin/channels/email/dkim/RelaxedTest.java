package org.tocsin.channels.email.dkim;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The examples of RFC 6376, 3.4.5, and what the text before them says. */
class RelaxedTest {
  @Test
  void fieldsOfTheRfcAreInTheirRelaxedForm() {
    assertThat(field("A: X\r\n")).isEqualTo("a:X\r\n");
    assertThat(field("B : Y\t\r\n\tZ  \r\n")).isEqualTo("b:Y Z\r\n");
  }

  @Test
  void theBodyOfTheRfcIsInItsRelaxedForm() {
    assertThat(body(" C \r\nD \t E\r\n\r\n\r\n")).isEqualTo(" C\r\nD E\r\n");
  }

  @Test
  void anEmptyFieldKeepsItsNameAlone() {
    assertThat(field("Subject: \r\n")).isEqualTo("subject:\r\n");
  }

  @Test
  void aBodyOfNothingIsNothing() {
    assertThat(body("")).isEmpty();
    assertThat(body("\r\n \t\r\n\r\n")).isEmpty();
  }

  @Test
  void aLineThatIsNotEndedIsEnded() {
    assertThat(body("one\r\ntwo")).isEqualTo("one\r\ntwo\r\n");
    assertThat(body("one \t")).isEqualTo("one\r\n");
  }

  @Test
  void emptyLinesStayWhereOthersFollow() {
    assertThat(body("\r\none\r\n \r\n\r\ntwo\r\n")).isEqualTo("\r\none\r\n\r\n\r\ntwo\r\n");
  }

  @Test
  void doubledDotsAreOneAgain() {
    assertThat(body("..\r\n...a\r\nb..c\r\n ..\r\n")).isEqualTo(".\r\n..a\r\nb..c\r\n ..\r\n");
  }

  private static String field(String field) {
    return new String(Relaxed.field(field.getBytes(US_ASCII)), US_ASCII);
  }

  private static String body(String body) {
    return new String(Relaxed.body(body.getBytes(US_ASCII)), US_ASCII);
  }
}
