package org.tocsin.channels.email.dkim;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.tocsin.platform.config.InvalidSettings;
import org.tocsin.platform.config.Settings.Dkim;
import org.tocsin.platform.config.Settings.DkimKey;

/** Reads private keys from PKCS#8 files in PEM; what cannot be used names the key that says so. */
final class KeyFiles {
  static final String PEM = "PRIVATE KEY";
  static final String RSA_KEY = "smtp.dkim.rsa_key";
  static final String ED25519_KEY = "smtp.dkim.ed25519_key";

  private final List<SigningKey> keys = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private KeyFiles() {}

  /** The shorter signature first. */
  static List<SigningKey> read(Dkim dkim) {
    KeyFiles files = new KeyFiles();
    dkim.ed25519().ifPresent(key -> files.read(ED25519_KEY, key, "Ed25519"));
    dkim.rsa().ifPresent(key -> files.read(RSA_KEY, key, "RSA"));
    if (!files.problems.isEmpty()) {
      throw new InvalidSettings(files.problems);
    }
    return files.keys;
  }

  private void read(String setting, DkimKey key, String algorithm) {
    try {
      keys.add(
          signingKey(
              key.selector(),
              KeyFactory.getInstance(algorithm)
                  .generatePrivate(new PKCS8EncodedKeySpec(content(key)))));
    } catch (GeneralSecurityException other) {
      problems.add(setting + " " + key.file() + " holds no " + algorithm + " key");
    } catch (IOException | IllegalArgumentException unusable) {
      problems.add(setting + " " + key.file() + " " + why(unusable));
    }
  }

  private static SigningKey signingKey(String selector, PrivateKey key) {
    return switch (key) {
      case EdECPrivateKey edwards -> Ed25519Key.of(selector, edwards);
      case RSAPrivateCrtKey rsa -> {
        int bits = rsa.getModulus().bitLength();
        if (bits < RsaKey.LEAST_BITS) {
          throw new IllegalArgumentException(
              "has " + bits + " bits; receivers want " + RsaKey.LEAST_BITS + " at least");
        }
        yield new RsaKey(selector, rsa, RsaProvider.quickest());
      }
      default -> throw new IllegalArgumentException("holds a key without its public half");
    };
  }

  private static byte[] content(DkimKey key) throws IOException {
    try (PemReader reader = new PemReader(new StringReader(Files.readString(key.file())))) {
      PemObject pem = reader.readPemObject();
      if (pem == null || !pem.getType().equals(PEM)) {
        throw new IllegalArgumentException(
            "is no PKCS#8 key in PEM, which begins with -----BEGIN PRIVATE KEY-----;"
                + " tocsin keys dkim makes one");
      }
      return pem.getContent();
    }
  }

  private static String why(Exception unusable) {
    return switch (unusable) {
      case NoSuchFileException _ -> "cannot be read: there is no such file";
      case AccessDeniedException _ -> "cannot be read: permission denied";
      case MalformedInputException _ -> "is no text";
      default -> String.valueOf(unusable.getMessage());
    };
  }
}
