package org.tocsin.network;

/** Why an endpoint is disabled; the words are the database's. */
public enum DisabledReason {
  /** A member of staff did it. */
  STAFF,
  /** It answered 410: it wants no more. */
  GONE,
  /** Five days of nothing but failures. */
  FAILING
}
