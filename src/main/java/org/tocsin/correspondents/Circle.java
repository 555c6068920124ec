package org.tocsin.correspondents;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which audience a member belongs to; the words are the database's. */
public enum Circle {
  /** An elected member, vetted by the roster. */
  CORRESPONDENT,
  /** The contact of a partner academy. */
  NETWORK,
  /** A health professional, with areas. */
  VOLUNTEER,
  /** Staff who practise: an EXERCISE reaches them and nobody else. */
  DRILL;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Circle> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }
}
