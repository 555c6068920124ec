package org.tocsin.cases;

import java.util.Locale;

/** What a case lacks before it can be worked on. The words are the database's. */
public enum Gap {
  CHECKS_MISSING,
  SOURCES_MISSING,
  CONSENT_MISSING,
  RISK_NOTE_MISSING;

  static Gap of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
