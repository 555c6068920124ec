package org.tocsin.bench.load;

import java.nio.ByteBuffer;

/**
 * One connection of the bare mail client: greeting, EHLO, an envelope; then one write a message,
 * with the next envelope or QUIT behind it, and one read for all its replies.
 */
final class MailTalk implements Talk {
  private static final String NUMBER = "000000000";
  private static final String EHLO = "EHLO load.example\r\n";
  private static final String QUIT = "QUIT\r\n";
  private static final String ENVELOPE =
      "MAIL FROM:<b@load.example>\r\nRCPT TO:<r" + NUMBER + "@load.example>\r\nDATA\r\n";
  private static final String HEADER =
      "From: Load <b@load.example>\r\nTo: <r"
          + NUMBER
          + "@load.example>\r\nMessage-ID: <"
          + NUMBER
          + "@load.example>\r\n";
  private static final String REST =
      """
      Date: Mon, 1 Jun 2026 09:00:00 +0000
      Subject: News of June
      MIME-Version: 1.0
      Content-Type: multipart/alternative; boundary="=_load"

      --=_load
      Content-Type: text/plain; charset=utf-8

      """
          .replace("\n", "\r\n");
  private static final String END = "--=_load--\r\n.\r\n";
  private static final String LINE = "Somebody is in prison for what she wrote; write for her.\r\n";

  private static final int TO = HEADER.indexOf(NUMBER);
  private static final int ID = HEADER.lastIndexOf(NUMBER);
  private static final int RCPT = ENVELOPE.indexOf(NUMBER);

  /** What comes next. */
  private enum Phase {
    HELLO,
    FIRST,
    STEADY,
    OVER
  }

  private final Quota quota;
  private final Template steady;
  private final Template last;
  private final int content;
  private final ReplyCount replies = new ReplyCount();
  private Phase phase = Phase.HELLO;
  private long current;

  MailTalk(Quota quota, int size) {
    this.quota = quota;
    int room = size - HEADER.length() - REST.length() - END.length();
    String mail = HEADER + REST + LINE.repeat(Math.max(1, room / LINE.length())) + END;
    this.content = mail.length();
    this.steady = new Template(mail + ENVELOPE);
    this.last = new Template(mail + QUIT);
    replies.expect(1);
  }

  @Override
  public boolean answered(ByteBuffer bytes) {
    return replies.complete(bytes);
  }

  @Override
  public ByteBuffer next() {
    return switch (phase) {
      case HELLO -> say(Phase.FIRST, 1, new Template(EHLO).whole());
      case FIRST -> first(quota.next());
      case STEADY -> mail(quota.next());
      case OVER -> ByteBuffer.allocate(0);
    };
  }

  private ByteBuffer first(long number) {
    current = number;
    if (number == Quota.NONE) {
      return say(Phase.OVER, 1, new Template(QUIT).whole());
    }
    Template envelope = new Template(ENVELOPE);
    envelope.number(RCPT, NUMBER.length(), number);
    return say(Phase.STEADY, 3, envelope.whole());
  }

  /** The mail whose envelope was taken, and what follows it. */
  private ByteBuffer mail(long following) {
    Template mail = following == Quota.NONE ? last : steady;
    mail.number(TO, NUMBER.length(), current);
    mail.number(ID, NUMBER.length(), current);
    current = following;
    if (following == Quota.NONE) {
      return say(Phase.OVER, 2, mail.whole());
    }
    mail.number(content + RCPT, NUMBER.length(), following);
    return say(Phase.STEADY, 4, mail.whole());
  }

  private ByteBuffer say(Phase then, int expected, ByteBuffer bytes) {
    phase = then;
    replies.expect(expected);
    return bytes;
  }
}
