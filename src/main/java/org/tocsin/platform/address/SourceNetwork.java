package org.tocsin.platform.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * The network a request came from, wide enough not to name a household: /24 of IPv4, /48 of IPv6.
 */
public record SourceNetwork(String key) {
  public static SourceNetwork of(String address) {
    try {
      InetAddress parsed = InetAddress.ofLiteral(address);
      int bytes = parsed instanceof Inet4Address ? 3 : 6;
      return new SourceNetwork(
          "network " + HexFormat.of().formatHex(parsed.getAddress(), 0, bytes));
    } catch (IllegalArgumentException notAnAddress) {
      return new SourceNetwork("network unknown");
    }
  }

  @Override
  public String toString() {
    return "SourceNetwork[…]";
  }
}
