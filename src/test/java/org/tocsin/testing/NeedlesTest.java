package org.tocsin.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class NeedlesTest {
  private static final String WORD = "Zurvabedrun";

  private final Needles needles = new Needles(List.of(WORD, "Quellinovask"));

  @Test
  void aWordIsFoundInEveryForm() {
    String upper = "x" + WORD.toUpperCase(Locale.ROOT) + "x";
    byte[] bytes = WORD.getBytes(StandardCharsets.US_ASCII);
    String percent = "%" + HexFormat.ofDelimiter("%").withUpperCase().formatHex(bytes);
    for (String text :
        List.of(WORD, upper, "ff" + HexFormat.of().formatHex(bytes) + "00", percent)) {
      assertThat(needles.in(text)).as(text).containsExactly(WORD);
    }
  }

  @Test
  void aWordIsFoundInBase64WhateverStandsAroundIt() {
    for (String before : List.of("", "D", "Dr", "Dr ", "Dr. ")) {
      for (String word : List.of(WORD, WORD.toLowerCase(Locale.ROOT))) {
        byte[] said = (before + word + " was").getBytes(StandardCharsets.UTF_8);
        String text = Base64.getEncoder().encodeToString(said);
        assertThat(needles.in(text)).as(text).containsExactly(WORD);
      }
    }
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(needles.in("Zurvabedru nothing, Quell ino vask " + "Zurv".repeat(9))).isEmpty();
    assertThat(needles.in("")).isEmpty();
  }
}
