package org.tocsin.channels.email.smtp;

import java.time.Duration;

/**
 * How long each answer is waited for, at least as long as RFC 5321, 4.5.3.2 wants of a client: who
 * gives up sooner sends again what was taken.
 *
 * @param greeting until the server says who it is
 * @param command each of EHLO, STARTTLS and AUTH
 * @param block until the socket takes the next part of a message
 * @param dot after the end of a message
 */
public record SmtpTimes(
    Duration greeting,
    Duration command,
    Duration mail,
    Duration rcpt,
    Duration data,
    Duration block,
    Duration dot) {

  public static final SmtpTimes RFC_5321 =
      new SmtpTimes(
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(2),
          Duration.ofMinutes(3),
          Duration.ofMinutes(10));

  /** From MAIL to the last answer of one message, where its body is taken in one go. */
  public Duration conversation() {
    return mail.plus(rcpt).plus(data).plus(block).plus(dot);
  }
}
