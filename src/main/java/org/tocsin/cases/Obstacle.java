package org.tocsin.cases;

/** Why nothing may be told of a case in a certain way just now. */
public enum Obstacle {
  /** Only an ACTIVE case is told of. */
  NOT_ACTIVE,
  CHECKS_MISSING,
  SOURCES_MISSING,
  RISK_NOTE_MISSING,
  /** No consent ever had this scope, or it begins later. */
  CONSENT_MISSING,
  CONSENT_EXPIRED,
  CONSENT_REVOKED
}
