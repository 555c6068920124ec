package org.tocsin.bench.receiver;

import java.io.IOException;

/** Mails and envelopes as they go over the wire. */
final class Mails {
  private Mails() {}

  static String mail(String recipient, String id) {
    return """
    From: Committee <news@hub.example>
    To: <%s>
    Date: Mon, 1 Jun 2026 09:00:00 +0000
    Subject: News
    Message-ID: <%s@hub.example>
    Content-Type: multipart/alternative; boundary="=_a"

    --=_a

    Write for her.
    --=_a--
    """
        .formatted(recipient, id)
        .replace("\n", "\r\n");
  }

  static String envelope(String recipient) {
    return "MAIL FROM:<b@hub.example> SIZE=1000\r\nRCPT TO:<" + recipient + ">\r\nDATA\r\n";
  }

  /** A connection that has said EHLO and was answered. */
  static Wire greeted(int port) throws IOException {
    Wire wire = new Wire(port);
    wire.line();
    wire.write("EHLO hub.example\r\n");
    String line = wire.line();
    while (line.startsWith("250-")) {
      line = wire.line();
    }
    return wire;
  }
}
