package org.tocsin.channels.email.smtp;

import java.time.Duration;

/**
 * How long the lane waits for what.
 *
 * @param waiting from being given to the lane until a connection takes it; that is no try
 * @param connect with the look-up of the name
 * @param times for each answer
 * @param slow a message that is on the wire for longer holds up nobody else: another connection is
 *     made in its place, and its destination gets no more than its share
 * @param idle before a connection without work is ended, which is before the server would
 * @param firstPause after a connection that could not be made; doubled with each more
 * @param regrowth until one more connection is tried after the server refused one
 */
public record SmtpLimits(
    Duration waiting,
    Duration connect,
    SmtpTimes times,
    Duration slow,
    Duration idle,
    Duration firstPause,
    Duration longestPause,
    Duration regrowth) {

  public static final SmtpLimits USUAL =
      new SmtpLimits(
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          SmtpTimes.RFC_5321,
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));
}
