package org.tocsin.alerts;

/** How sure we are (CAP 1.2). */
public enum Certainty {
  OBSERVED,
  LIKELY,
  POSSIBLE,
  UNLIKELY,
  UNKNOWN
}
