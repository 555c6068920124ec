package org.tocsin.network;

/** How a receiver agreed to be told; the words are the database's. */
public enum ConsentKind {
  /** It answered the CloudEvents handshake. */
  HANDSHAKE,
  /** It gave the signed challenge back. */
  CHALLENGE,
  /** It answered the challenge 2xx, on loopback, in a demonstration. */
  DEMONSTRATION
}
