package org.tocsin.platform.crypto;

import com.google.crypto.tink.DeterministicAead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * Links that carry their own meaning: encrypted and authenticated numbers, bound to a purpose, no
 * table needed. The same numbers give the same token, so an unsubscribe link works for ever. Such a
 * token must be checked against the state it speaks of; one that must work once only needs a row.
 */
public final class Tokens {
  private final DeterministicAead key;

  Tokens(DeterministicAead key) {
    this.key = key;
  }

  public String issue(String purpose, long... numbers) {
    ByteBuffer payload = ByteBuffer.allocate(numbers.length * Long.BYTES);
    for (long number : numbers) {
      payload.putLong(number);
    }
    try {
      return Base32.encode(
          key.encryptDeterministically(payload.array(), purpose.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("cannot issue a token for " + purpose, impossible);
    }
  }

  /** The numbers, or empty for a token that is forged, damaged or for another purpose. */
  public Optional<long[]> read(String purpose, String token) {
    return Base32.decode(token).flatMap(ciphertext -> open(purpose, ciphertext));
  }

  private Optional<long[]> open(String purpose, byte[] ciphertext) {
    try {
      ByteBuffer payload =
          ByteBuffer.wrap(
              key.decryptDeterministically(ciphertext, purpose.getBytes(StandardCharsets.UTF_8)));
      long[] numbers = new long[payload.remaining() / Long.BYTES];
      payload.asLongBuffer().get(numbers);
      return Optional.of(numbers);
    } catch (GeneralSecurityException forged) {
      return Optional.empty();
    }
  }
}
