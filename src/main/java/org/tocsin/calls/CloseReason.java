package org.tocsin.calls;

/** Why a call ended before its time. */
public enum CloseReason {
  /** Whoever is needed was found. */
  FOUND,
  NOT_NEEDED,
  /** Going on would put somebody at risk. */
  UNSAFE,
  ERROR
}
