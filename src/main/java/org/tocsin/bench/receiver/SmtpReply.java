package org.tocsin.bench.receiver;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The replies of a mail receiver (RFC 5321, 3463), encoded once. */
final class SmtpReply {
  /** The largest mail that is taken, in bytes. */
  private static final int LARGEST = 25 * 1024 * 1024;

  static final byte[] GREETING = line("220 receiver.example ESMTP");
  static final byte[] EXTENSIONS =
      line(
          "250-receiver.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SIZE "
              + LARGEST
              + "\r\n250 ENHANCEDSTATUSCODES");
  static final byte[] OK = line("250 2.0.0 Ok");
  static final byte[] SENDER_OK = line("250 2.1.0 Ok");
  static final byte[] RECIPIENT_OK = line("250 2.1.5 Ok");
  static final byte[] GO_AHEAD = line("354 End with a dot");
  static final byte[] BYE = line("221 2.0.0 Bye");
  static final byte[] OUT_OF_ORDER = line("503 5.5.1 Out of order");
  static final byte[] ONE_ONLY = line("452 4.5.3 One recipient at a time");
  static final byte[] NO_ADDRESS = line("501 5.5.4 No address in angle brackets");
  static final byte[] UNKNOWN = line("500 5.5.2 Unknown command");

  private SmtpReply() {}

  /** With words and an enhanced status code where whoever wrote the rule gave only a code. */
  static byte[] of(Deed.Answer answer) {
    if (answer.line().length() > 3) {
      return line(answer.line());
    }
    return line(
        switch (answer.code()) {
          case 421 -> "421 4.3.2 Going away";
          case 451 -> "451 4.3.0 Not now";
          case 550 -> "550 5.1.1 No such mailbox";
          default -> answer.line() + " " + answer.line().charAt(0) + ".0.0 As asked for";
        });
  }

  private static byte[] line(String text) {
    return (text + "\r\n").getBytes(US_ASCII);
  }
}
