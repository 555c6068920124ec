package org.tocsin.network;

/** Where an endpoint stands; the words are the database's. */
public enum EndpointState {
  /** Known, and not asked yet. */
  REGISTERED,
  /** Asked for its consent, which it has not given. */
  CHALLENGED,
  ACTIVE,
  /** Failing, and still tried. */
  DEGRADED,
  DISABLED;

  public boolean listens() {
    return this == ACTIVE || this == DEGRADED;
  }
}
