package org.tocsin.channels.email.dkim;

import java.util.Arrays;

/**
 * The form of a message that survives the way through mail servers (RFC 6376, 3.4.2 and 3.4.4).
 *
 * <p>Invariant: white space counts as one space, none at a line's or a field's end; a field is one
 * line with its name in lower case; a body has no empty lines at its end.
 */
final class Relaxed {
  private final byte[] from;
  private final byte[] out;
  private int length;
  private boolean blank;

  private Relaxed(byte[] from) {
    this.from = from;
    // A last line that is not ended gets its CR LF.
    this.out = new byte[from.length + 2];
  }

  /**
   * @param field as it stands in a message, folded or not, with the CR LF at its end
   */
  static byte[] field(byte[] field) {
    return new Relaxed(field).field();
  }

  private byte[] field() {
    int colon = 0;
    while (from[colon] != ':') {
      if (!isBlank(from[colon])) {
        write(lower(from[colon]));
      }
      colon++;
    }
    write(':');
    int start = length;
    for (int i = colon + 1; i < from.length; i++) {
      if (isBlank(from[i]) || from[i] == '\r' || from[i] == '\n') {
        blank = length > start;
      } else {
        put(from[i]);
      }
    }
    endLine();
    return Arrays.copyOf(out, length);
  }

  /**
   * @param body lines as they go over the wire, dots at their beginning doubled
   */
  static byte[] body(byte[] body) {
    return new Relaxed(body).body();
  }

  private byte[] body() {
    int end = 0;
    int at = 0;
    while (at < from.length) {
      int start = length;
      at = line(from[at] == '.' ? at + 1 : at);
      boolean empty = length == start;
      endLine();
      end = empty ? end : length;
    }
    return Arrays.copyOf(out, end);
  }

  /** Where the next one begins. */
  private int line(int start) {
    for (int i = start; i < from.length; i++) {
      byte next = from[i];
      if (next == '\r' && i + 1 < from.length && from[i + 1] == '\n') {
        return i + 2;
      }
      if (isBlank(next)) {
        blank = true;
      } else {
        put(next);
      }
    }
    return from.length;
  }

  private void put(byte value) {
    if (blank) {
      write(' ');
      blank = false;
    }
    write(value);
  }

  private void endLine() {
    blank = false;
    write('\r');
    write('\n');
  }

  private void write(int value) {
    out[length++] = (byte) value;
  }

  private static boolean isBlank(byte value) {
    return value == ' ' || value == '\t';
  }

  private static int lower(byte value) {
    return value >= 'A' && value <= 'Z' ? value + ('a' - 'A') : value;
  }
}
