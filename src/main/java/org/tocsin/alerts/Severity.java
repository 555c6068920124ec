package org.tocsin.alerts;

/** How grave it is (CAP 1.2). */
public enum Severity {
  EXTREME,
  SEVERE,
  MODERATE,
  MINOR,
  UNKNOWN
}
