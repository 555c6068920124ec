package org.tocsin.broadcasts;

/** What goes first. The number is the database's. */
public enum Lane {
  URGENT,
  TRANSACTIONAL,
  BULK,
  REPLAY;

  public short number() {
    return (short) ordinal();
  }

  static Lane of(int number) {
    return values()[number];
  }
}
