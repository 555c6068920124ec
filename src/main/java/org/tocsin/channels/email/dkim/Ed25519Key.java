package org.tocsin.channels.email.dkim;

import java.security.interfaces.EdECPrivateKey;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Ed25519 over a SHA-256 of what it covers (RFC 8463, 3); BouncyCastle's is quicker by far. */
record Ed25519Key(String selector, byte[] seed, byte[] published) implements SigningKey {
  static Ed25519Key of(String selector, EdECPrivateKey key) {
    byte[] seed = key.getBytes().orElseThrow();
    byte[] published = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(seed, 0, published, 0);
    return new Ed25519Key(selector, seed, published);
  }

  @Override
  public String kind() {
    return "ed25519";
  }

  @Override
  public byte[] sign(byte[] covered) {
    byte[] hash = Sha256.of(covered);
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, published, 0, hash, 0, hash.length, signature, 0);
    return signature;
  }

  @Override
  public String toString() {
    return "Ed25519Key[" + selector + "]";
  }
}
