package org.tocsin.channels.email.smtp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reply as the server gave it (RFC 5321, 4.2).
 *
 * @param text all its lines, codes included, between line feeds; it may hold addresses
 */
public record SmtpReply(int code, String text) {
  private static final int LONGEST_ANSWER = 1_000;
  private static final Pattern STATUS =
      Pattern.compile("^\\d{3}[ -](\\d\\.\\d{1,3}\\.\\d{1,3})(?:\\s|$)");

  boolean isPositive() {
    return code >= 200 && code < 300;
  }

  boolean isRefusal() {
    return code >= 400;
  }

  /** The enhanced status code (RFC 3463), where there is one. */
  Optional<String> status() {
    Matcher matcher = STATUS.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** "451 4.7.1" */
  String brief() {
    return code + status().map(status -> " " + status).orElse("");
  }

  /** Its text, cut to what an outcome holds. */
  public String answer() {
    return text.length() <= LONGEST_ANSWER ? text : text.substring(0, LONGEST_ANSWER);
  }

  @Override
  public String toString() {
    return "SmtpReply[" + brief() + "]";
  }
}
