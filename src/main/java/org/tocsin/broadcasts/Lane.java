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

  /** What can wait for somebody to look at it, where all of it is refused. */
  boolean pausesItself() {
    return this == BULK || this == REPLAY;
  }

  static Lane of(int number) {
    return values()[number];
  }
}
