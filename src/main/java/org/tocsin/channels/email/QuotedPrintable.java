package org.tocsin.channels.email;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

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

  private final ByteArrayOutputStream out;
  private int column;

  private QuotedPrintable(int length) {
    this.out = new ByteArrayOutputStream(length + length / 8 + 16);
  }

  /**
   * @param text with line feeds
   */
  static byte[] encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    QuotedPrintable encoder = new QuotedPrintable(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      boolean last = i + 1 == bytes.length || bytes[i + 1] == '\n';
      encoder.put(bytes[i], last);
    }
    return encoder.out.toByteArray();
  }

  private void put(byte value, boolean lastOfLine) {
    if (value == '\n') {
      out.write('\r');
      out.write('\n');
      column = 0;
    } else if (isLiteral(value, lastOfLine)) {
      makeRoom(1);
      // A soft break may just have put it at the start of a line.
      if (value == '.' && column == 0) {
        escape(value);
      } else {
        out.write(value);
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
      out.writeBytes(SOFT_BREAK);
      column = 0;
    }
  }

  private void escape(byte value) {
    out.write('=');
    out.write(HEX[(value >> 4) & 15]);
    out.write(HEX[value & 15]);
    column += 3;
  }

  static boolean endsLine(byte[] encoded) {
    return encoded.length == 0 || encoded[encoded.length - 1] == '\n';
  }
}
