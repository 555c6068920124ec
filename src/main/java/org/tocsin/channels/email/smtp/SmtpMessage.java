package org.tocsin.channels.email.smtp;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Optional;

/**
 * One message to one mailbox, as it goes over the wire.
 *
 * @param sender of the envelope, ASCII; empty where no bounce is wanted
 * @param recipient ASCII
 * @param data lines ended by CR LF, the last one too, dots at their beginning already doubled
 * @param size in octets, before the dots were doubled
 * @param eightBit whether there are octets above 127, which not every server takes
 */
public record SmtpMessage(
    String sender, String recipient, Buffer data, int size, boolean eightBit) {
  /** RFC 5321, 4.5.3.1.3, without the angle brackets. */
  private static final int LONGEST_PATH = 254;

  private static final byte CR = '\r';
  private static final byte LF = '\n';

  /** Why no server is given this, if so: a path could end its command, the data itself. */
  Optional<String> fault() {
    if (!isPath(sender)) {
      return Optional.of("a sender that SMTP cannot carry");
    }
    if (recipient.isEmpty() || !isPath(recipient)) {
      return Optional.of("a recipient that SMTP cannot carry");
    }
    return isMadeOfLines(data)
        ? Optional.empty()
        : Optional.of("lines without CR LF, or with a single dot in front");
  }

  private static boolean isPath(String address) {
    return address.length() <= LONGEST_PATH
        && address.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '<' && c != '>');
  }

  /**
   * Servers differ in what they take for the end of a line, and so for the end of a message; what
   * could be read as one in two ways is not sent.
   */
  private static boolean isMadeOfLines(Buffer data) {
    ByteBuf bytes = ((BufferInternal) data).getByteBuf();
    int end = bytes.writerIndex();
    int line = bytes.readerIndex();
    boolean any = line < end;
    while (line < end) {
      int cr = bytes.indexOf(line, end, CR);
      boolean ended = cr >= 0 && cr + 1 < end && bytes.getByte(cr + 1) == LF;
      if (!ended || bytes.indexOf(line, cr, LF) >= 0) {
        return false;
      }
      if (bytes.getByte(line) == '.' && bytes.getByte(line + 1) != '.') {
        return false;
      }
      line = cr + 2;
    }
    return any;
  }

  @Override
  public String toString() {
    return "SmtpMessage[" + size + "]";
  }
}
