package org.tocsin.access;

/** What opened a session. The words are the database's. */
enum Proof {
  PASSWORD,
  LINK,
  /** A link that was made, or asked for, to set a new password. */
  RESET
}
