package org.tocsin.channels.email;

/** How a value is written where a hole stands. */
final class Holes {
  private Holes() {}

  static String escape(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** A line break in a header begins another header (RFC 5322, 2.2). */
  static String oneLine(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
        throw new Unsendable("a control character in a header");
      }
    }
    return value;
  }
}
