package org.tocsin.channels.webhook;

import com.ibm.icu.text.IDNA;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one spelling of a host: a name in lower-case ASCII without a trailing dot, or a literal
 * address in its usual form. Invariant: whatever a resolver might read as an IPv4 address (octal,
 * hexadecimal, one number, full-width digits) is read here, so it never reaches a resolver.
 *
 * <p>Names after UTS 46, numbers after the WHATWG URL standard ("ends in a number").
 */
record HostName(String name, Optional<InetAddress> literal) {
  private static final int LONGEST_NAME = 253;
  private static final Pattern LABELS =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
  private static final IDNA UTS46 =
      IDNA.getUTS46Instance(
          IDNA.USE_STD3_RULES
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ
              | IDNA.NONTRANSITIONAL_TO_ASCII);

  static HostName of(String text) throws RefusedUrl {
    if (text.startsWith("[") && text.endsWith("]")) {
      return ipv6(text.substring(1, text.length() - 1));
    }
    String name = withoutTrailingDot(ascii(text));
    if (name.length() > LONGEST_NAME || !LABELS.matcher(name).matches()) {
      throw new RefusedUrl(Refusal.HOST);
    }
    String last = name.substring(name.lastIndexOf('.') + 1);
    return NUMBER.matcher(last).matches() ? ipv4(name) : new HostName(name, Optional.empty());
  }

  private static String ascii(String text) throws RefusedUrl {
    StringBuilder ascii = new StringBuilder();
    IDNA.Info info = new IDNA.Info();
    UTS46.nameToASCII(text, ascii, info);
    EnumSet<IDNA.Error> errors = EnumSet.noneOf(IDNA.Error.class);
    errors.addAll(info.getErrors());
    // Names such as r3---sn.example are in use; the rule against them is only for registries.
    errors.remove(IDNA.Error.HYPHEN_3_4);
    if (!errors.isEmpty()) {
      throw new RefusedUrl(Refusal.HOST);
    }
    return ascii.toString().toLowerCase(Locale.ROOT);
  }

  private static String withoutTrailingDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static HostName ipv4(String name) throws RefusedUrl {
    String[] parts = name.split("\\.", -1);
    if (parts.length > 4) {
      throw new RefusedUrl(Refusal.HOST);
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      int bits = last ? 8 * (5 - parts.length) : 8;
      address = (address << bits) | number(parts[i], bits);
    }
    return literal(
        (address >> 24)
            + "."
            + ((address >> 16) & 255)
            + "."
            + ((address >> 8) & 255)
            + "."
            + (address & 255));
  }

  private static long number(String part, int bits) throws RefusedUrl {
    try {
      long value;
      if (part.startsWith("0x")) {
        value = part.length() == 2 ? 0 : Long.parseLong(part.substring(2), 16);
      } else {
        value = Long.parseLong(part, part.startsWith("0") ? 8 : 10);
      }
      if (value >= 0 && value < 1L << bits) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // told below, as every other address that cannot be
    }
    throw new RefusedUrl(Refusal.HOST);
  }

  private static HostName ipv6(String text) throws RefusedUrl {
    if (!text.contains(":") || text.contains("%")) {
      throw new RefusedUrl(Refusal.HOST);
    }
    HostName host = literal(text);
    // Java reads an IPv4-mapped address as the IPv4 inside it; in a URL it is only ever a disguise.
    if (!(host.literal.orElseThrow() instanceof Inet6Address)) {
      throw new RefusedUrl(Refusal.BLOCKED_ADDRESS);
    }
    return host;
  }

  private static HostName literal(String text) throws RefusedUrl {
    try {
      InetAddress address = InetAddress.ofLiteral(text);
      String usual = address.getHostAddress();
      return new HostName(
          address instanceof Inet6Address ? "[" + usual + "]" : usual, Optional.of(address));
    } catch (IllegalArgumentException notAnAddress) {
      throw new RefusedUrl(Refusal.HOST);
    }
  }
}
