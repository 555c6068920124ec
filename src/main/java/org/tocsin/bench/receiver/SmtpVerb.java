package org.tocsin.bench.receiver;

import java.util.List;
import java.util.Locale;

/** The commands of a mail client, the most frequent first. */
enum SmtpVerb {
  MAIL,
  RCPT,
  DATA,
  EHLO,
  HELO,
  RSET,
  NOOP,
  QUIT,
  UNKNOWN;

  private static final List<SmtpVerb> ALL = List.of(values());
  private final String letters = name().toLowerCase(Locale.ROOT);

  static SmtpVerb of(byte[] bytes, int from, int to) {
    for (SmtpVerb verb : ALL) {
      if (Scan.startsWith(bytes, from, to, verb.letters)) {
        return verb;
      }
    }
    return UNKNOWN;
  }
}
