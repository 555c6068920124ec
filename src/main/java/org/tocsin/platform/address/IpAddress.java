package org.tocsin.platform.address;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IP address as people and proxies write it; never a name, and nothing is looked up. */
public final class IpAddress {
  private static final Pattern IPV4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  private IpAddress() {}

  /**
   * Four decimal numbers, or IPv6, with or without a zone, which is dropped. What IPv6 says of an
   * IPv4 address ({@code ::ffff:192.0.2.1}) is that IPv4 address.
   */
  public static Optional<InetAddress> parse(String text) {
    int zone = text.indexOf('%');
    String plain = zone < 0 ? text : text.substring(0, zone);
    boolean written =
        plain.indexOf(':') < 0
            ? zone < 0 && IPV4.matcher(plain).matches()
            : IPV6.matcher(plain).matches();
    try {
      return written ? Optional.of(InetAddress.ofLiteral(plain)) : Optional.empty();
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }
}
