package org.tocsin.correspondents;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which academy elected somebody: of sciences, of engineering, of medicine. */
public enum Academy {
  NAS,
  NAE,
  NAM;

  public static Optional<Academy> of(String text) {
    String word = text.strip().toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(one -> one.name().equals(word)).findFirst();
  }
}
