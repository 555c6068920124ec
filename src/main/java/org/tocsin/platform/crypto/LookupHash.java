package org.tocsin.platform.crypto;

import com.google.crypto.tink.prf.Prf;
import com.google.crypto.tink.prf.PrfSet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;

/**
 * Finds a sealed value again: a keyed hash with the key's id in front. Write {@link #of}; look up
 * {@code = any(allOf)}, which also finds what an older key wrote.
 */
public final class LookupHash {
  private static final int BYTES = 24;

  private final int primary;
  private final Map<Integer, Prf> keys;

  LookupHash(PrfSet set) {
    this.primary = set.getPrimaryId();
    try {
      this.keys = set.getPrfs();
    } catch (GeneralSecurityException unusable) {
      throw new UnusableKeyring("the lookup keyset is unusable: " + unusable.getMessage());
    }
  }

  public byte[] of(String value) {
    Prf key = keys.get(primary);
    if (key == null) {
      throw new UnusableKeyring("the lookup keyset has no primary key");
    }
    return hash(primary, key, value);
  }

  public byte[][] allOf(String value) {
    return keys.entrySet().stream()
        .map(key -> hash(key.getKey(), key.getValue(), value))
        .toArray(byte[][]::new);
  }

  /** What everything hashed with the newest key begins with. */
  public byte[] newestPrefix() {
    return ByteBuffer.allocate(Integer.BYTES).putInt(primary).array();
  }

  private static byte[] hash(int id, Prf key, String value) {
    try {
      byte[] hash = key.compute(value.getBytes(StandardCharsets.UTF_8), BYTES);
      return ByteBuffer.allocate(Integer.BYTES + BYTES).putInt(id).put(hash).array();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("cannot hash", impossible);
    }
  }
}
