package org.tocsin.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** The network behind an IP address, as what is counted for a source. */
final class Network {
  private static final int LONGEST = 100;

  private Network() {}

  /** An IPv4 address itself; of an IPv6 address the /64, which one household has to itself. */
  static String of(String source) {
    String text = source.strip();
    int zone = text.indexOf('%');
    try {
      InetAddress address = InetAddress.ofLiteral(zone < 0 ? text : text.substring(0, zone));
      byte[] bytes = address.getAddress();
      return address instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(bytes, 8)) + "/64"
          : address.getHostAddress();
    } catch (IllegalArgumentException notAnAddress) {
      return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
  }
}
