package org.tocsin.channels.email.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** RSA over SHA-256 (RFC 8301, 3.2: 2,048 bits at least), by the provider that is quickest here. */
final class RsaKey implements SigningKey {
  static final int LEAST_BITS = 2_048;

  private final String selector;
  private final byte[] published;
  private final PrivateKey key;
  private final Provider provider;

  /** To ready one costs more than to use it, and virtual threads have none of their own. */
  private final Queue<Signature> ready = new ConcurrentLinkedQueue<>();

  RsaKey(String selector, RSAPrivateCrtKey key, Provider provider) {
    this.selector = selector;
    this.provider = provider;
    try {
      this.published =
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
              .getEncoded();
      this.key =
          KeyFactory.getInstance("RSA", provider)
              .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
    } catch (GeneralSecurityException unusable) {
      throw new IllegalArgumentException("an RSA key that " + provider + " cannot use", unusable);
    }
  }

  @Override
  public String selector() {
    return selector;
  }

  @Override
  public String kind() {
    return "rsa";
  }

  @Override
  public byte[] published() {
    return published;
  }

  @Override
  public byte[] sign(byte[] covered) {
    try {
      Signature signature = ready();
      signature.update(covered);
      byte[] signed = signature.sign();
      ready.add(signature);
      return signed;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("cannot sign with RSA", impossible);
    }
  }

  private Signature ready() throws GeneralSecurityException {
    Signature free = ready.poll();
    if (free != null) {
      return free;
    }
    Signature made = Signature.getInstance("SHA256withRSA", provider);
    made.initSign(key);
    return made;
  }

  @Override
  public String toString() {
    return "RsaKey[" + selector + "]";
  }
}
