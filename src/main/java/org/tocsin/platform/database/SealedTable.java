package org.tocsin.platform.database;

import java.util.List;
import java.util.function.Function;

/** Which columns of a table depend on the keyring, told by the feature that owns it. */
public record SealedTable(String name, List<Sealed> columns, List<Hashed> hashes) {
  /** A sealed column and the purpose it is sealed for; it may be null in a row. */
  public record Sealed(String column, String purpose) {}

  /**
   * A keyed hash that can be made anew from a sealed column.
   *
   * @param lookupText what is hashed, out of the opened text
   */
  public record Hashed(String column, String of, Function<String, String> lookupText) {}
}
