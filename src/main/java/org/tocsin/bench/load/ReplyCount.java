package org.tocsin.bench.load;

import java.nio.ByteBuffer;

/** Counts SMTP replies until all that are expected have come, however they are cut. */
final class ReplyCount {
  private static final int MARK = 3;

  private int expected;
  private int column;
  private boolean goesOn;

  void expect(int replies) {
    expected = replies;
  }

  /**
   * @throws IllegalStateException for a refusal: whoever measures wants none
   */
  boolean complete(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      byte one = bytes.get();
      if (one == '\n') {
        expected -= goesOn ? 0 : 1;
        column = 0;
        continue;
      }
      if (column == 0 && one != '2' && one != '3') {
        throw new IllegalStateException("the receiver refused with a reply " + (char) one + "xx");
      }
      if (column == MARK) {
        goesOn = one == '-';
      }
      column++;
    }
    return expected == 0;
  }
}
