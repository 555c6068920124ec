package org.tocsin.platform.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.config.InvalidSettings;

/** Where a node is found by the others and by nobody from outside: {@code cluster.host}. */
public final class PrivateAddress {
  private PrivateAddress() {}

  static InetAddress require(String host) {
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException unknown) {
      throw new InvalidSettings(List.of("cluster.host " + host + " has no address"));
    }
    if (!isPrivate(address)) {
      throw new InvalidSettings(
          List.of(
              "cluster.host %s is not one private address; whoever reaches it could join the cluster"
                  .formatted(host)));
    }
    return address;
  }

  /** Names its key. */
  public static Optional<String> problem(String host) {
    try {
      require(host);
      return Optional.empty();
    } catch (InvalidSettings wrong) {
      return wrong.problems().stream().findFirst();
    }
  }

  /** RFC 1918, 3927, 4193 and 6598, and loopback. */
  private static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean unique = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    return address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || unique
        || shared;
  }
}
