package org.tocsin.platform.address;

import com.ibm.icu.text.IDNA;
import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address that mail can be sent to: the local part as it was typed, the domain as lower-case
 * A-labels (UTS 46), so that every spelling of one mailbox is one address.
 *
 * <p>A local part outside ASCII needs a relay that speaks SMTPUTF8 from end to end (RFC 6531); it
 * is refused, because a confirmation that cannot arrive helps nobody.
 */
public record EmailAddress(String local, String domain) {
  /** RFC 5321, 4.5.3.1: octets of the whole and of the local part. */
  private static final int MOST = 254;

  private static final int MOST_LOCAL = 64;

  /** RFC 5321's Dot-string: no quotes, no comments, no control characters. */
  private static final Pattern DOT_STRING =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

  private static final EmailValidator VALIDATOR =
      JMail.strictValidator()
          .requireTopLevelDomain()
          .disallowQuotedIdentifiers()
          .disallowIpDomain()
          .disallowObsoleteWhitespace()
          .requireAscii();
  private static final IDNA UTS46 =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ
              | IDNA.USE_STD3_RULES);
  private static final IDNA READABLE = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_UNICODE);

  /** What a person typed; empty where no mail could be sent to it. */
  public static Optional<EmailAddress> parse(@Nullable String typed) {
    String text = typed == null ? "" : stripped(typed);
    int at = text.lastIndexOf('@');
    if (at < 1 || text.length() > MOST || text.endsWith(".")) {
      return Optional.empty();
    }
    Optional<String> domain = asciiDomain(text.substring(at + 1));
    return domain
        .map(name -> new EmailAddress(text.substring(0, at), name))
        .filter(EmailAddress::sendable);
  }

  /** The message for what {@link #parse} refused. */
  public static String problem(@Nullable String typed) {
    return typed == null || stripped(typed).isEmpty()
        ? "site.error.email_missing"
        : "site.error.email_invalid";
  }

  /** What {@link #address} gave. */
  public static EmailAddress stored(String address) {
    int at = address.lastIndexOf('@');
    return new EmailAddress(address.substring(0, at), address.substring(at + 1));
  }

  /** Also without the invisible characters that come along when an address is pasted. */
  private static String stripped(String typed) {
    int from = 0;
    int to = typed.length();
    while (from < to && blank(typed.charAt(from))) {
      from++;
    }
    while (to > from && blank(typed.charAt(to - 1))) {
      to--;
    }
    return typed.substring(from, to);
  }

  private static boolean blank(char c) {
    return c == ' ' || c == '\t' || Character.isSpaceChar(c) || c == '\u200B' || c == '\uFEFF';
  }

  private static Optional<String> asciiDomain(String typed) {
    IDNA.Info info = new IDNA.Info();
    StringBuilder ascii = new StringBuilder();
    UTS46.nameToASCII(typed, ascii, info);
    return info.hasErrors() ? Optional.empty() : Optional.of(ascii.toString());
  }

  private boolean sendable() {
    return local.length() <= MOST_LOCAL
        && DOT_STRING.matcher(local).matches()
        && address().length() <= MOST
        && VALIDATOR.isValid(address());
  }

  /** As it goes on the wire. */
  public String address() {
    return local + "@" + domain;
  }

  /** The same for every spelling of this mailbox; what keyed hashes are made of. */
  public String lookupKey() {
    return local.toLowerCase(Locale.ROOT) + "@" + domain;
  }

  /** As its owner would write it. */
  public String readable() {
    StringBuilder unicode = new StringBuilder();
    IDNA.Info info = new IDNA.Info();
    READABLE.nameToUnicode(domain, unicode, info);
    return local + "@" + (info.hasErrors() ? domain : unicode);
  }

  /** Enough to know one's own address again, too little to write to it: {@code d…@s….example}. */
  public String masked() {
    String rest = domain.substring(domain.lastIndexOf('.'));
    return local.substring(0, local.offsetByCodePoints(0, 1))
        + "…@"
        + domain.charAt(0)
        + "…"
        + rest;
  }

  @Override
  public String toString() {
    return "EmailAddress[…]";
  }
}
