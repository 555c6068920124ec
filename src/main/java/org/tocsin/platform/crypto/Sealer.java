package org.tocsin.platform.crypto;

import com.google.crypto.tink.Aead;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * Seals a text for one purpose. The purpose (e.g. {@code subscriber.address}) is authenticated with
 * it, so that a sealed name copied into an address column does not open.
 */
public final class Sealer {
  private static final int PREFIX = 5;

  private final Aead aead;

  Sealer(Aead aead) {
    this.aead = aead;
  }

  public byte[] seal(String purpose, String text) {
    try {
      return aead.encrypt(
          text.getBytes(StandardCharsets.UTF_8), purpose.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("cannot seal " + purpose, impossible);
    }
  }

  public String open(String purpose, byte[] sealed) {
    try {
      return new String(
          aead.decrypt(sealed, purpose.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException foreign) {
      throw new UnusableKeyring("a sealed " + purpose + " does not open with this keyring");
    }
  }

  /** What everything sealed with the newest key begins with (Tink: a version and the key's id). */
  public byte[] newestPrefix() {
    return Arrays.copyOf(seal("", ""), PREFIX);
  }
}
