package org.tocsin.channels.email.dkim;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Optional;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.tocsin.platform.config.Settings.Dkim;
import org.tocsin.platform.config.Settings.DkimKey;

/** Makes a key of each kind, in new files that only their owner can read. */
public final class NewDkimKeys {
  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?";

  private NewDkimKeys() {}

  /**
   * @param selector of both, with the kind of the key behind it: each has a record of its own
   * @return what the settings are to say
   */
  public static Dkim make(Path folder, String domain, String selector) {
    if (!selector.matches(LABEL) || !domain.matches(LABEL + "(\\." + LABEL + ")+")) {
      throw new IllegalArgumentException(
          "a domain is like example.org and a selector like 2026a, in lower-case ASCII");
    }
    try {
      Files.createDirectories(folder, only("rwx------"));
      return new Dkim(
          domain,
          Optional.of(make(folder, selector + "-rsa", rsa())),
          Optional.of(make(folder, selector + "-ed25519", generator("Ed25519"))));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write into " + folder, failure);
    }
  }

  private static KeyPairGenerator rsa() {
    KeyPairGenerator rsa = generator("RSA");
    rsa.initialize(RsaKey.LEAST_BITS);
    return rsa;
  }

  private static KeyPairGenerator generator(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(algorithm + " is missing", impossible);
    }
  }

  private static DkimKey make(Path folder, String selector, KeyPairGenerator generator)
      throws IOException {
    Path file = folder.resolve(selector + ".pem");
    byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
    StringWriter text = new StringWriter();
    try (PemWriter pem = new PemWriter(text)) {
      pem.writeObject(new PemObject(KeyFiles.PEM, key));
    }
    Files.createFile(file, only("rw-------"));
    Files.writeString(file, text.toString());
    return new DkimKey(selector, file);
  }

  private static FileAttribute<?> only(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
