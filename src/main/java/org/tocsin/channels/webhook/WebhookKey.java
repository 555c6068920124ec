package org.tocsin.channels.webhook;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A key as partners write it: a prefix that tells its kind, then base64. Invariant: a key that
 * exists can be used; nothing it throws or prints shows it.
 */
sealed interface WebhookKey {
  /** The mark in front of its signatures. */
  String version();

  boolean verifies(byte[] message, byte[] signature);

  /** A key that also signs. */
  sealed interface Signing extends WebhookKey {
    byte[] sign(byte[] message);
  }

  static WebhookKey of(String text) {
    return switch (prefix(text)) {
      case SharedSecret.PREFIX -> new SharedSecret(decode(text));
      case PrivateKey.PREFIX -> new PrivateKey(decode(text));
      case PublicKey.PREFIX -> new PublicKey(decode(text));
      default -> throw unusable("must start with whsec_, whsk_ or whpk_");
    };
  }

  static Signing signing(String text) {
    return switch (of(text)) {
      case Signing signing -> signing;
      case PublicKey _ -> throw unusable("verifies only; a public key cannot sign");
    };
  }

  private static String prefix(String text) {
    return text.substring(0, text.indexOf('_') + 1);
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getDecoder().decode(text.substring(text.indexOf('_') + 1));
    } catch (IllegalArgumentException malformed) {
      throw unusable("is not base64 after its prefix");
    }
  }

  private static IllegalArgumentException unusable(String why) {
    return new IllegalArgumentException("the webhook key " + why);
  }

  /** {@code whsec_}: HMAC-SHA256 over 24 to 64 bytes that both sides know. */
  record SharedSecret(byte[] secret) implements Signing {
    static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    public SharedSecret {
      if (secret.length < 24 || secret.length > 64) {
        throw unusable("must hold 24 to 64 bytes");
      }
    }

    @Override
    public String version() {
      return "v1";
    }

    @Override
    public byte[] sign(byte[] message) {
      try {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(new SecretKeySpec(secret, ALGORITHM));
        return mac.doFinal(message);
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException(ALGORITHM + " is missing", impossible);
      }
    }

    @Override
    public boolean verifies(byte[] message, byte[] signature) {
      return MessageDigest.isEqual(sign(message), signature);
    }

    String text() {
      return PREFIX + Base64.getEncoder().encodeToString(secret);
    }

    @Override
    public String toString() {
      return PREFIX + "…";
    }
  }

  /**
   * {@code whsk_}: an Ed25519 seed and its public key. A pair that does not belong together is
   * refused: signing with a foreign public key would give the private one away.
   */
  record PrivateKey(byte[] seedAndPublic) implements Signing {
    static final String PREFIX = "whsk_";

    public PrivateKey {
      if (seedAndPublic.length != Ed25519.SECRET_KEY_SIZE + Ed25519.PUBLIC_KEY_SIZE) {
        throw unusable("must hold 64 bytes");
      }
      if (!Arrays.equals(
          ofSeed(seedAndPublic), 0, seedAndPublic.length, seedAndPublic, 0, seedAndPublic.length)) {
        throw unusable("holds two halves that do not belong together");
      }
    }

    /** The pair of a seed; what follows its 32 bytes is not looked at. */
    static byte[] ofSeed(byte[] seed) {
      byte[] pair =
          Arrays.copyOf(
              Arrays.copyOf(seed, Ed25519.SECRET_KEY_SIZE),
              Ed25519.SECRET_KEY_SIZE + Ed25519.PUBLIC_KEY_SIZE);
      Ed25519.generatePublicKey(pair, 0, pair, Ed25519.SECRET_KEY_SIZE);
      return pair;
    }

    @Override
    public String version() {
      return "v1a";
    }

    @Override
    public byte[] sign(byte[] message) {
      byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
      Ed25519.sign(
          seedAndPublic,
          0,
          seedAndPublic,
          Ed25519.SECRET_KEY_SIZE,
          message,
          0,
          message.length,
          signature,
          0);
      return signature;
    }

    @Override
    public boolean verifies(byte[] message, byte[] signature) {
      return publicKey().verifies(message, signature);
    }

    PublicKey publicKey() {
      return new PublicKey(
          Arrays.copyOfRange(seedAndPublic, Ed25519.SECRET_KEY_SIZE, seedAndPublic.length));
    }

    String text() {
      return PREFIX + Base64.getEncoder().encodeToString(seedAndPublic);
    }

    @Override
    public String toString() {
      return PREFIX + "…";
    }
  }

  /** {@code whpk_}: what the consumer of an Ed25519 signature holds. */
  record PublicKey(byte[] key) implements WebhookKey {
    static final String PREFIX = "whpk_";

    public PublicKey {
      if (key.length != Ed25519.PUBLIC_KEY_SIZE) {
        throw unusable("must hold 32 bytes");
      }
    }

    @Override
    public String version() {
      return "v1a";
    }

    @Override
    public boolean verifies(byte[] message, byte[] signature) {
      return signature.length == Ed25519.SIGNATURE_SIZE
          && Ed25519.verify(signature, 0, key, 0, message, 0, message.length);
    }

    String text() {
      return PREFIX + Base64.getEncoder().encodeToString(key);
    }
  }
}
