package org.tocsin.channels.email;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Quoted-printable (RFC 2045, 6.7) in pieces that may be put one after the other: each begins at
 * the start of a line, and {@link #endsLine} tells whether it needs a soft break after it.
 *
 * <p>Invariant: no line is longer than 76 characters, ends in white space or begins with a dot, so
 * nothing written here needs dot-stuffing (RFC 5321, 4.5.2).
 */
final class QuotedPrintable {
  /** Leaves room for the sign of a soft break. */
  private static final int LONGEST = 75;

  static final byte[] SOFT_BREAK = {'=', '\r', '\n'};
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private final byte[] out;
  private int length;
  private int column;

  private QuotedPrintable(byte[] out) {
    this.out = out;
  }

  /**
   * @param text with line feeds
   */
  static byte[] encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    // Three for each, and a soft break for every 24 of them.
    QuotedPrintable encoder = new QuotedPrintable(new byte[bytes.length * 7 / 2 + 8]);
    for (int i = 0; i < bytes.length; i++) {
      boolean last = i + 1 == bytes.length || bytes[i + 1] == '\n';
      encoder.put(bytes[i], last);
    }
    return Arrays.copyOf(encoder.out, encoder.length);
  }

  private void put(byte value, boolean lastOfLine) {
    if (value == '\n') {
      write('\r');
      write('\n');
      column = 0;
    } else if (isLiteral(value, lastOfLine)) {
      makeRoom(1);
      // A soft break may just have put it at the start of a line.
      if (value == '.' && column == 0) {
        escape(value);
      } else {
        write(value);
        column++;
      }
    } else {
      makeRoom(3);
      escape(value);
    }
  }

  private static boolean isLiteral(byte value, boolean lastOfLine) {
    return (value > ' ' && value < 127 && value != '=') || (value == ' ' && !lastOfLine);
  }

  private void makeRoom(int width) {
    if (column + width > LONGEST) {
      for (byte sign : SOFT_BREAK) {
        write(sign);
      }
      column = 0;
    }
  }

  private void escape(byte value) {
    write('=');
    write(HEX[(value >> 4) & 15]);
    write(HEX[value & 15]);
    column += 3;
  }

  private void write(int value) {
    out[length++] = (byte) value;
  }

  static boolean endsLine(byte[] encoded) {
    return encoded.length == 0 || encoded[encoded.length - 1] == '\n';
  }
}
