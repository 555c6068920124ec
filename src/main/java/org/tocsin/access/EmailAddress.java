package org.tocsin.access;

import com.sanctionco.jmail.Email;
import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/** A staff address in the one spelling by which it is kept and found again. */
final class EmailAddress {
  private static final int LONGEST = 254; // RFC 5321, 4.5.3.1.3, less the angle brackets
  private static final EmailValidator VALID =
      JMail.strictValidator()
          .disallowIpDomain()
          .disallowQuotedIdentifiers()
          .disallowObsoleteWhitespace()
          .requireTopLevelDomain();

  private EmailAddress() {}

  /** Without outer spaces, in lower case, the domain in ASCII; empty where it is no address. */
  static Optional<String> normalise(String typed) {
    String text = typed.strip();
    return text.length() > LONGEST
        ? Optional.empty()
        : VALID
            .tryParse(text)
            .flatMap(EmailAddress::spelling)
            .filter(address -> address.length() <= LONGEST);
  }

  private static Optional<String> spelling(Email email) {
    try {
      String domain = IDN.toASCII(email.domainWithoutComments(), IDN.USE_STD3_ASCII_RULES);
      return Optional.of(
          (email.localPartWithoutComments() + "@" + domain).toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException noDomain) {
      return Optional.empty();
    }
  }
}
