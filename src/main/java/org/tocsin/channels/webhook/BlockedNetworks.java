package org.tocsin.channels.webhook;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The networks no webhook may enter: everything that is not an address on the open Internet (the
 * IANA special-purpose registries), and the disguises under which IPv6 carries IPv4.
 *
 * <p>IPv6 is closed but for 2000::/3 (global unicast) and NAT64, whose inner address decides.
 */
final class BlockedNetworks {
  private static final List<Network> NETWORKS =
      List.of(
          network("0.0.0.0", 8, "this network"),
          network("10.0.0.0", 8, "private use"),
          network("100.64.0.0", 10, "shared by carriers"),
          network("127.0.0.0", 8, "loopback"),
          network("169.254.0.0", 16, "link-local"),
          network("172.16.0.0", 12, "private use"),
          network("192.0.0.0", 24, "protocol assignments"),
          network("192.0.2.0", 24, "documentation"),
          network("192.88.99.0", 24, "6to4 relay"),
          network("192.168.0.0", 16, "private use"),
          network("198.18.0.0", 15, "benchmarks"),
          network("198.51.100.0", 24, "documentation"),
          network("203.0.113.0", 24, "documentation"),
          network("224.0.0.0", 4, "multicast"),
          network("240.0.0.0", 4, "reserved"),
          network("168.63.129.16", 32, "a cloud's inner service"),
          network("::", 8, "IPv4 in disguise, loopback or unspecified"),
          network("100::", 64, "discard"),
          network("2001::", 23, "protocol assignments"),
          network("2001:db8::", 32, "documentation"),
          network("2002::", 16, "6to4"),
          network("3fff::", 20, "documentation"),
          network("5f00::", 16, "segment routing"),
          network("fc00::", 7, "unique local"),
          network("fe80::", 10, "link-local"),
          network("fec0::", 10, "site-local"),
          network("ff00::", 8, "multicast"));
  private static final Network GLOBAL_UNICAST = network("2000::", 3, "");
  private static final Network NAT64 = network("64:ff9b::", 96, "NAT64");
  private static final Network LOCAL_NAT64 = network("64:ff9b:1::", 48, "local NAT64");

  private BlockedNetworks() {}

  /** The blocked network that holds the address, in words; empty where it may be called. */
  static Optional<String> holding(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? listed(bytes) : holdingIpv6(bytes);
  }

  private static Optional<String> holdingIpv6(byte[] bytes) {
    if (NAT64.holds(bytes)) {
      return listed(inner(bytes, 96)).map(inner -> NAT64.words + " to " + inner);
    }
    if (LOCAL_NAT64.holds(bytes)) {
      return holdingLocalNat64(bytes);
    }
    Optional<String> listed = listed(bytes);
    if (listed.isPresent()) {
      return listed;
    }
    if (!GLOBAL_UNICAST.holds(bytes)) {
      return Optional.of("not global unicast");
    }
    return isatap(bytes) ? Optional.of("ISATAP") : Optional.empty();
  }

  /**
   * Which of the prefix lengths of RFC 6052 the translator uses is its own affair, so every IPv4
   * address that one of them reads there must pass, and there must be one. What reads as 0/8 is
   * padding: no translator can deliver to it.
   */
  private static Optional<String> holdingLocalNat64(byte[] bytes) {
    boolean carriesOne = false;
    for (int prefix : new int[] {48, 56, 64, 96}) {
      byte[] inner = inner(bytes, prefix);
      if (inner[0] != 0) {
        carriesOne = true;
        Optional<String> blocked = listed(inner);
        if (blocked.isPresent()) {
          return blocked.map(words -> LOCAL_NAT64.words + " to " + words);
        }
      }
    }
    return carriesOne ? Optional.empty() : Optional.of(LOCAL_NAT64.words + " to nowhere");
  }

  /** The IPv4 address after a prefix of so many bits; bits 64 to 71 are never part of it. */
  private static byte[] inner(byte[] bytes, int prefix) {
    byte[] inner = new byte[4];
    int at = prefix / 8;
    for (int i = 0; i < inner.length; i++) {
      at += at == 8 ? 1 : 0;
      inner[i] = bytes[at++];
    }
    return inner;
  }

  /** RFC 5214: an interface identifier of 0000:5efe or 0200:5efe and an IPv4 address. */
  private static boolean isatap(byte[] bytes) {
    return (bytes[8] & ~0x02) == 0
        && bytes[9] == 0
        && bytes[10] == 0x5e
        && bytes[11] == (byte) 0xfe;
  }

  private static Optional<String> listed(byte[] bytes) {
    return NETWORKS.stream()
        .filter(network -> network.holds(bytes))
        .findFirst()
        .map(network -> network.words);
  }

  private static Network network(String first, int prefix, String words) {
    return new Network(InetAddress.ofLiteral(first).getAddress(), prefix, words);
  }

  private record Network(byte[] first, int prefix, String words) {
    boolean holds(byte[] address) {
      if (address.length != first.length) {
        return false;
      }
      int whole = prefix / 8;
      int mask = 0xff << (8 - prefix % 8);
      return Arrays.equals(first, 0, whole, address, 0, whole)
          && (prefix % 8 == 0 || (first[whole] & mask) == (address[whole] & mask));
    }
  }
}
