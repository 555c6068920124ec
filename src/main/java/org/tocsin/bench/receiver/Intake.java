package org.tocsin.bench.receiver;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** The bytes of one connection that came and are not yet taken, in one array. */
final class Intake {
  private static final int FIRST = 16 * 1024;

  private byte[] bytes = new byte[FIRST];
  private int from;
  private int to;

  void add(Buffer more) {
    if (to + more.length() > bytes.length) {
      makeRoom(more.length());
    }
    more.getBytes(bytes, to);
    to += more.length();
  }

  private void makeRoom(int more) {
    int held = to - from;
    byte[] roomy =
        held + more <= bytes.length ? bytes : new byte[Integer.highestOneBit(held + more) * 2];
    System.arraycopy(bytes, from, roomy, 0, held);
    bytes = roomy;
    from = 0;
    to = held;
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  int length() {
    return to - from;
  }

  /** What is before this place is done with. */
  void take(int upTo) {
    from = upTo;
    if (from == to) {
      from = 0;
      to = 0;
    }
  }

  byte[] copy(int start, int end) {
    return Arrays.copyOfRange(bytes, start, end);
  }
}
