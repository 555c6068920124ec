package org.tocsin.channels.email;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * A message as it goes over the wire, but for the lone dot at its end.
 *
 * @param sender of the envelope
 * @param data ASCII lines of at most 998 characters that end with CRLF; dots are stuffed
 */
record WrittenMail(MailAddress sender, MailAddress to, Buffer data) {
  private static final String HEAD_ENDS = "\r\n\r\n";

  /** Its header fields one by one, for a client that writes them itself. */
  MultiMap headers() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    String head = ascii().substring(0, ascii().indexOf(HEAD_ENDS));
    for (String field : head.split("\r\n(?![ \t])")) {
      int colon = field.indexOf(':');
      headers.add(field.substring(0, colon), field.substring(colon + 2));
    }
    return headers;
  }

  /** Its body with line feeds and without stuffed dots, for a client that sees to both. */
  String body() {
    String body = ascii().substring(ascii().indexOf(HEAD_ENDS) + HEAD_ENDS.length());
    return body.substring(0, body.length() - 2).replace("\r\n", "\n").replace("\n..", "\n.");
  }

  private String ascii() {
    return data.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "WrittenMail[…]";
  }
}
