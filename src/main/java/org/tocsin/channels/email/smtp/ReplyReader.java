package org.tocsin.channels.email.smtp;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes replies of bytes, however these are cut.
 *
 * <p>Invariant: a reply is handed on when its last line has ended, once, and what is not a reply is
 * an error; nothing is held beyond one line and one reply of bounded length.
 */
final class ReplyReader {
  /** RFC 5321, 4.5.3.1.5 says 512; some servers explain themselves at length. */
  private static final int LONGEST_LINE = 2_000;

  private static final int LONGEST_REPLY = 32_000;

  /** This is no SMTP server, or not any more. */
  static final class Garbled extends Exception {
    private static final long serialVersionUID = 1L;

    Garbled(String what) {
      super(what, null, false, false);
    }
  }

  private final byte[] line = new byte[LONGEST_LINE];
  private int length;
  private @Nullable StringBuilder earlier;
  private int code;

  /** Nothing of a reply has been read that was not handed on. */
  boolean isBetweenReplies() {
    return length == 0 && earlier == null;
  }

  void read(Buffer bytes, Consumer<SmtpReply> heard) throws Garbled {
    int end = bytes.length();
    for (int i = 0; i < end; i++) {
      byte next = bytes.getByte(i);
      if (next == '\n') {
        SmtpReply reply = line();
        if (reply != null) {
          heard.accept(reply);
        }
      } else if (length == LONGEST_LINE) {
        throw new Garbled("a line without end");
      } else {
        line[length++] = next < 0 || next >= ' ' || next == '\r' ? next : (byte) ' ';
      }
    }
  }

  /** The reply, if this was its last line. */
  private @Nullable SmtpReply line() throws Garbled {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    length = 0;
    int said = code(end);
    if (earlier != null && said != code) {
      throw new Garbled("a reply with two codes");
    }
    String text = new String(line, 0, end, StandardCharsets.UTF_8);
    if (end > 3 && line[3] == '-') {
      continueReply(said, text);
      return null;
    }
    if (earlier != null) {
      text = earlier.append(text).toString();
      earlier = null;
    }
    return new SmtpReply(said, text);
  }

  private int code(int end) throws Garbled {
    boolean digits = end >= 3 && isDigit(line[1]) && isDigit(line[2]);
    if (!digits || line[0] < '2' || line[0] > '5') {
      throw new Garbled("not a reply");
    }
    if (end > 3 && line[3] != ' ' && line[3] != '-') {
      throw new Garbled("not a reply");
    }
    return (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private void continueReply(int said, String text) throws Garbled {
    StringBuilder lines = earlier == null ? new StringBuilder() : earlier;
    if (lines.length() + text.length() > LONGEST_REPLY) {
      throw new Garbled("a reply without end");
    }
    earlier = lines.append(text).append('\n');
    code = said;
  }
}
