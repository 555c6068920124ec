package org.tocsin.bench.receiver;

/** Finds things in bytes without making objects; -1 where there is none. */
final class Scan {
  private static final byte[] END = {'\r', '\n', '.', '\r', '\n'};

  private Scan() {}

  /**
   * The place after the CRLF, dot, CRLF that ends a message. Looks at every fifth byte where it can
   * (Horspool): a message is mostly letters.
   */
  static int endOfMessage(byte[] bytes, int from, int to) {
    int last = from + END.length - 1;
    while (last < to) {
      switch (bytes[last]) {
        case '\n' -> {
          if (at(bytes, last - END.length + 1, END)) {
            return last + 1;
          }
          last += 3;
        }
        case '\r' -> last += 1;
        case '.' -> last += 2;
        default -> last += END.length;
      }
    }
    return -1;
  }

  static int indexOf(byte[] bytes, int from, int to, byte wanted) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  static int indexOf(byte[] bytes, int from, int to, byte[] wanted) {
    int last = to - wanted.length;
    for (int i = from; i <= last; i++) {
      if (bytes[i] == wanted[0] && at(bytes, i, wanted)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean at(byte[] bytes, int place, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[place + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  static boolean endsWith(byte[] bytes, int from, int to, byte[] wanted) {
    return to - from >= wanted.length && at(bytes, to - wanted.length, wanted);
  }

  /** Whether the line begins with these lower-case letters, in whatever case. */
  static boolean startsWith(byte[] bytes, int from, int to, String lower) {
    if (to - from < lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      byte is = bytes[from + i];
      char wanted = lower.charAt(i);
      if (is != wanted && (is < 'A' || is > 'Z' || is + ('a' - 'A') != wanted)) {
        return false;
      }
    }
    return true;
  }

  static int skipSpace(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] <= ' ' && bytes[i] >= 0) {
      i++;
    }
    return i;
  }

  /** The end of what begins at {@code from}, less the space after it. */
  static int trimEnd(byte[] bytes, int from, int to) {
    int i = to;
    while (i > from && bytes[i - 1] <= ' ' && bytes[i - 1] >= 0) {
      i--;
    }
    return i;
  }
}
