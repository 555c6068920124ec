package org.tocsin.channels.email;

import com.ibm.icu.text.IDNA;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mailbox as SMTP without SMTPUTF8 can name it (RFC 5321, 4.1.2): a plain local part and a domain
 * in A-labels. Nothing in it can end a command or a header.
 */
record MailAddress(String local, String domain) {
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST = 254;
  private static final int LONGEST_LABEL = 63;
  private static final Pattern LOCAL =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
  private static final IDNA UTS46 =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ
              | IDNA.USE_STD3_RULES);

  static Optional<MailAddress> parse(String address) {
    int at = address.lastIndexOf('@');
    if (at < 1 || at > LONGEST_LOCAL || !LOCAL.matcher(address.substring(0, at)).matches()) {
      return Optional.empty();
    }
    return domain(address.substring(at + 1))
        .map(domain -> new MailAddress(address.substring(0, at), domain))
        .filter(parsed -> parsed.address().length() <= LONGEST);
  }

  static Optional<String> domain(String domain) {
    if (isPlain(domain)) {
      return DOMAIN.matcher(domain).matches() ? Optional.of(domain) : Optional.empty();
    }
    IDNA.Info info = new IDNA.Info();
    String ascii =
        UTS46.nameToASCII(domain, new StringBuilder(), info).toString().toLowerCase(Locale.ROOT);
    return info.hasErrors() || !DOMAIN.matcher(ascii).matches()
        ? Optional.empty()
        : Optional.of(ascii);
  }

  /** What the look at every recipient of a newsletter is spared: here UTS 46 changes nothing. */
  private static boolean isPlain(String domain) {
    int label = 0;
    for (int i = 0; i < domain.length(); i++) {
      char c = domain.charAt(i);
      label = c == '.' ? 0 : label + 1;
      if (label > LONGEST_LABEL
          || !(c == '.' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
        return false;
      }
    }
    return true;
  }

  String address() {
    return local + "@" + domain;
  }

  /** {@code example} allows {@code example} and whatever ends in {@code .example}. */
  boolean isWithin(List<String> domains) {
    return domains.stream()
        .flatMap(allowed -> domain(allowed).stream())
        .anyMatch(allowed -> domain.equals(allowed) || domain.endsWith("." + allowed));
  }

  @Override
  public String toString() {
    return "MailAddress[…]";
  }
}
