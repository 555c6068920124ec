package org.tocsin.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** Bytes made once, off the heap; from message to message only what stands in its holes changes. */
final class Template {
  private final ByteBuffer bytes;

  Template(String text) {
    byte[] encoded = text.getBytes(US_ASCII);
    bytes = ByteBuffer.allocateDirect(encoded.length).put(encoded).flip();
  }

  /** Digits up to the place's end, with leading zeros: the length stays as it is. */
  void number(int place, int digits, long number) {
    long rest = number;
    for (int i = place + digits - 1; i >= place; i--) {
      bytes.put(i, (byte) ('0' + rest % 10));
      rest /= 10;
    }
  }

  void text(int place, String text) {
    bytes.put(place, text.getBytes(US_ASCII));
  }

  ByteBuffer whole() {
    return bytes.clear();
  }
}
