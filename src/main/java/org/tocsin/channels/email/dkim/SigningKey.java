package org.tocsin.channels.email.dkim;

/** A private key and the selector under which its public half is published. */
sealed interface SigningKey permits RsaKey, Ed25519Key {
  String selector();

  /** As a record says it: {@code rsa} or {@code ed25519}. A signature adds the hash. */
  String kind();

  /** What the record holds: RFC 6376, 3.6.1, or RFC 8463, 4. */
  byte[] published();

  /** From any thread, but not from an event loop: this is work. */
  byte[] sign(byte[] covered);
}
