package org.tocsin.access;

/** What opened a session. The words are the database's. */
enum Proof {
  PASSWORD,
  LINK
}
