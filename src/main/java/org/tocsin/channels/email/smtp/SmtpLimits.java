package org.tocsin.channels.email.smtp;

import java.time.Duration;

/**
 * How long the lane waits for what.
 *
 * @param message from being given to the lane to its outcome, waiting included; no command of a
 *     message waits longer
 * @param connect with the look-up of the name
 * @param greeting until the server says who it is
 * @param command each of EHLO, STARTTLS and AUTH
 * @param idle before a connection without work is ended, which is before the server would
 * @param firstPause after a connection that could not be made; doubled with each more
 * @param regrowth until one more connection is tried after the server refused one
 */
public record SmtpLimits(
    Duration message,
    Duration connect,
    Duration greeting,
    Duration command,
    Duration idle,
    Duration firstPause,
    Duration longestPause,
    Duration regrowth) {

  public static final SmtpLimits USUAL =
      new SmtpLimits(
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));
}
