package org.tocsin.platform.address;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** A network in CIDR form (RFC 4632, RFC 4291), or a single address. */
public final class IpNetwork {
  private static final int IPV4_IN_IPV6 = 96;

  /** Where no stranger on the open Internet is: loopback, private, link-local, carriers' own. */
  private static final List<IpNetwork> INNER =
      List.of(
          of("127.0.0.0/8"),
          of("10.0.0.0/8"),
          of("172.16.0.0/12"),
          of("192.168.0.0/16"),
          of("169.254.0.0/16"),
          of("100.64.0.0/10"),
          of("::1"),
          of("fc00::/7"),
          of("fe80::/10"));

  private final InetAddress first;
  private final int prefix;

  private IpNetwork(InetAddress first, int prefix) {
    this.first = first;
    this.prefix = prefix;
  }

  /**
   * IPv4 may be written as IPv6 writes it, {@code ::ffff:10.0.0.0/104}.
   *
   * @throws IllegalArgumentException in words for whoever wrote it
   */
  public static IpNetwork of(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    InetAddress first =
        IpAddress.parse(address)
            .filter(_ -> address.indexOf('%') < 0)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "is neither an IP address nor a network like 10.0.0.0/8 or fd00::/8"));
    int bits = 8 * first.getAddress().length;
    int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1), address, bits);
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException("has a prefix that such an address cannot have");
    }
    if (prefix == 0) {
      throw new IllegalArgumentException("is everybody");
    }
    InetAddress begins = masked(first, prefix);
    if (!begins.equals(first)) {
      throw new IllegalArgumentException(
          "has bits beyond its prefix; do you mean "
              + begins.getHostAddress()
              + "/"
              + prefix
              + " or "
              + first.getHostAddress()
              + "?");
    }
    return new IpNetwork(first, prefix);
  }

  private static int prefix(String text, String address, int bits) {
    if (!text.matches("[0-9]{1,3}")) {
      return -1;
    }
    boolean disguised = bits == 32 && address.indexOf(':') >= 0;
    return Integer.parseInt(text) - (disguised ? IPV4_IN_IPV6 : 0);
  }

  private static InetAddress masked(InetAddress address, int prefix) {
    byte[] bytes = address.getAddress();
    for (int i = 0; i < bytes.length; i++) {
      int kept = Math.clamp(prefix - 8L * i, 0, 8);
      bytes[i] &= (byte) (0xff << (8 - kept));
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (java.net.UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public boolean holds(InetAddress address) {
    return address.getAddress().length == first.getAddress().length
        && Arrays.equals(masked(address, prefix).getAddress(), first.getAddress());
  }

  /** Whether only somebody within one's own walls can have the address. */
  public static boolean inner(InetAddress address) {
    return INNER.stream().anyMatch(network -> network.holds(address));
  }

  @Override
  public String toString() {
    return first.getHostAddress() + "/" + prefix;
  }
}
