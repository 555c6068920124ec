package org.tocsin.channels.email;

import java.util.Map;

/**
 * A message as it goes over the wire, but for the line ends and the dots.
 *
 * @param sender of the envelope
 * @param headers in their order, encoded and folded
 * @param body lines of at most 998 printable ASCII characters, ended by a line feed
 */
record WrittenMail(MailAddress sender, MailAddress to, Map<String, String> headers, String body) {
  @Override
  public String toString() {
    return "WrittenMail[…]";
  }
}
