package org.tocsin.bench.load;

import java.io.IOException;

/**
 * Mails as fast as the machine can: everything is made beforehand but the recipient's number, and
 * one write carries a message, its dot and the next envelope (RFC 2920).
 */
public final class BareSmtpClient {
  private BareSmtpClient() {}

  /** The address behind a number. */
  public static String recipient(long number) {
    return "r%09d@load.example".formatted(number);
  }

  /**
   * @param size of each mail, about, in bytes
   */
  public static BareFigure run(BareLoad load, int size) throws IOException {
    try (TalkLoop loop = new TalkLoop(load.port(), load.connections())) {
      Quota quota = new Quota(load);
      long start = System.nanoTime();
      loop.run(() -> new MailTalk(quota, size));
      return new BareFigure(quota.taken(), System.nanoTime() - start);
    }
  }
}
