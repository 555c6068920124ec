package org.tocsin.broadcasts;

/** What came of a recipient who was granted: settled, or not begun after all. */
sealed interface Landing {
  Pending pending();

  record Settled(Pending pending, Settlement settlement) implements Landing {}

  /** Nothing of it left: it was called back, or waited so long that it must be looked at again. */
  record Stayed(Pending pending) implements Landing {}
}
