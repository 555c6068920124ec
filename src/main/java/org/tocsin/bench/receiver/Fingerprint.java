package org.tocsin.bench.receiver;

import java.nio.charset.StandardCharsets;

/**
 * 64 bits that stand for a recipient or an id, so that a million of them fit into a few megabytes:
 * two of a million are alike once in thirty million runs.
 */
public final class Fingerprint {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Fingerprint() {}

  /**
   * Added up over everybody who should get something, it is the {@code recipients_sum} of a
   * receiver that missed nobody.
   */
  public static long of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return of(bytes, 0, bytes.length);
  }

  /** FNV-1a, its bits mixed once more because the tables take the lowest ones. */
  static long of(byte[] bytes, int from, int to) {
    long hash = OFFSET;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (bytes[i] & 0xff)) * PRIME;
    }
    return mixed(hash);
  }

  static long of(long recipient, long id) {
    return mixed(recipient * PRIME + id);
  }

  private static long mixed(long bits) {
    long half = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    return half ^ (half >>> 33);
  }
}
