package org.tocsin.channels.email.smtp;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tocsin.channels.Outcome.Reason;
import org.tocsin.channels.Outcome.Refused;

/**
 * What the server offers, by its answer to EHLO.
 *
 * @param largest message it takes, in octets; 0 where it does not say
 * @param logins the mechanisms of AUTH
 */
record Capabilities(
    boolean pipelining,
    boolean eightBit,
    boolean startTls,
    boolean size,
    long largest,
    Set<String> logins) {
  /** More digits say nothing that a Java long could hold, and nothing that we would send. */
  private static final int MOST_DIGITS = 18;

  static Capabilities of(SmtpReply hello) {
    boolean pipelining = false;
    boolean eightBit = false;
    boolean startTls = false;
    boolean size = false;
    long largest = 0;
    Set<String> logins = new HashSet<>();
    for (String line : offers(hello)) {
      String[] words = line.split("[ =]+");
      switch (words[0].toUpperCase(Locale.ROOT)) {
        case "PIPELINING" -> pipelining = true;
        case "8BITMIME" -> eightBit = true;
        case "STARTTLS" -> startTls = true;
        case "SIZE" -> {
          size = true;
          largest = words.length > 1 ? octets(words[1]) : 0;
        }
        case "AUTH" ->
            Arrays.stream(words)
                .skip(1)
                .map(word -> word.toUpperCase(Locale.ROOT))
                .forEach(logins::add);
        default -> {
          // what we have no use for
        }
      }
    }
    return new Capabilities(pipelining, eightBit, startTls, size, largest, Set.copyOf(logins));
  }

  /** The first line is a greeting. */
  private static List<String> offers(SmtpReply hello) {
    return hello
        .text()
        .lines()
        .skip(1)
        .map(line -> line.substring(Math.min(4, line.length())).trim())
        .toList();
  }

  private static long octets(String digits) {
    boolean number =
        digits.length() <= MOST_DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Long.parseLong(digits) : 0;
  }

  /** What this server would not take, and is not asked to. */
  Optional<Refused> refusal(SmtpMessage message) {
    if (size && largest > 0 && message.size() > largest) {
      return Optional.of(
          new Refused("too large", "the relay takes " + largest + " octets", Reason.UNSENDABLE));
    }
    return message.eightBit() && !eightBit
        ? Optional.of(
            new Refused("unsendable", "the relay takes no 8-bit message", Reason.UNSENDABLE))
        : Optional.empty();
  }

  String mail(SmtpMessage message) {
    return "MAIL FROM:<"
        + message.sender()
        + (size ? "> SIZE=" + message.size() : ">")
        + (message.eightBit() ? " BODY=8BITMIME\r\n" : "\r\n");
  }

  static String rcpt(SmtpMessage message) {
    return "RCPT TO:<" + message.recipient() + ">\r\n";
  }
}
