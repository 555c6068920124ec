package org.tocsin.channels.email.smtp;

import io.vertx.core.buffer.Buffer;
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

  /** Why no server could be given this, if so: a path could end its command, the data itself. */
  Optional<String> fault() {
    if (!isPath(sender)) {
      return Optional.of("a sender that SMTP cannot carry");
    }
    if (recipient.isEmpty() || !isPath(recipient)) {
      return Optional.of("a recipient that SMTP cannot carry");
    }
    int length = data.length();
    return length >= 2 && data.getByte(length - 2) == '\r' && data.getByte(length - 1) == '\n'
        ? Optional.empty()
        : Optional.of("the last line is not ended");
  }

  private static boolean isPath(String address) {
    return address.length() <= LONGEST_PATH
        && address.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '<' && c != '>');
  }

  @Override
  public String toString() {
    return "SmtpMessage[" + size + "]";
  }
}
