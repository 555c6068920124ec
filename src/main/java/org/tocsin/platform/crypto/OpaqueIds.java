package org.tocsin.platform.crypto;

import com.google.crypto.tink.prf.PrfSet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * A row's number as it travels: one AES block of the number, a second number and a mark of its
 * kind, as 26 characters. The same row always has the same id; two ids tell nothing of what lies
 * between.
 */
public final class OpaqueIds {
  private final SecretKeySpec key;

  /** To look one up costs more than to use it, and virtual threads have none of their own. */
  private final Queue<Cipher> ciphers = new ConcurrentLinkedQueue<>();

  OpaqueIds(PrfSet prf) {
    try {
      this.key =
          new SecretKeySpec(
              prf.computePrimary("opaque ids".getBytes(StandardCharsets.UTF_8), 16), "AES");
    } catch (GeneralSecurityException unusable) {
      throw new UnusableKeyring("the ids keyset is unusable: " + unusable.getMessage());
    }
  }

  public String encode(String kind, long number) {
    return encode(kind, number, 0);
  }

  public String encode(String kind, long number, int second) {
    return Base32.encode(
        crypt(
            Cipher.ENCRYPT_MODE,
            ByteBuffer.allocate(16)
                .putLong(number)
                .putInt(second)
                .putInt(kind.hashCode())
                .array()));
  }

  /** An id for what has no row of its own: it follows from its text alone, and leads nowhere. */
  public String encode(String kind, String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((kind + '\0' + text).getBytes(StandardCharsets.UTF_8));
      return Base32.encode(crypt(Cipher.ENCRYPT_MODE, Arrays.copyOf(digest, 16)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("SHA-256 is missing", impossible);
    }
  }

  /**
   * A mark by which a text is known again, where an unkeyed hash would let anybody try out what it
   * was: addresses, networks, bodies that hold one. The key behind it never changes.
   */
  public byte[] mark(String kind, String text) {
    return Secrets.digest(encode(kind, text));
  }

  /** The first number, or empty where the id is not of this kind. */
  public Optional<Long> decode(String kind, String id) {
    return decodePair(kind, id).filter(pair -> pair.second() == 0).map(Pair::first);
  }

  public Optional<Pair> decodePair(String kind, String id) {
    return Base32.decode(id)
        .filter(block -> block.length == 16)
        .map(block -> ByteBuffer.wrap(crypt(Cipher.DECRYPT_MODE, block)))
        .map(plain -> new Decoded(new Pair(plain.getLong(), plain.getInt()), plain.getInt()))
        .filter(decoded -> decoded.kind() == kind.hashCode())
        .map(Decoded::numbers);
  }

  /** What an id carries. */
  public record Pair(long first, int second) {}

  private record Decoded(Pair numbers, int kind) {}

  private byte[] crypt(int mode, byte[] block) {
    try {
      Cipher cipher = cipher();
      cipher.init(mode, key);
      byte[] done = cipher.doFinal(block);
      ciphers.add(cipher);
      return done;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES is missing", impossible);
    }
  }

  private Cipher cipher() throws GeneralSecurityException {
    Cipher free = ciphers.poll();
    return free == null ? Cipher.getInstance("AES/ECB/NoPadding") : free;
  }
}
