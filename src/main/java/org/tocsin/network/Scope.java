package org.tocsin.network;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who may hear an event. Ids, cursors and numbers are made inside a scope. */
public enum Scope {
  PUBLIC,
  NETWORK;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether an endpoint needs a second member of staff who confirms it. */
  public boolean takesTwo() {
    return this == NETWORK;
  }

  public static Optional<Scope> of(String word) {
    return Arrays.stream(values()).filter(scope -> scope.word().equals(word)).findFirst();
  }
}
