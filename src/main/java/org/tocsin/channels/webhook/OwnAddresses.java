package org.tocsin.channels.webhook;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** The addresses of this machine, looked up again when they may have changed. */
final class OwnAddresses {
  private static final Duration FRESH = Duration.ofSeconds(30);

  private record Seen(Set<InetAddress> addresses, long nanoTime) {}

  private volatile Seen seen = new Seen(Set.of(), System.nanoTime() - FRESH.toNanos());

  boolean include(InetAddress address) throws SocketException {
    if (System.nanoTime() - seen.nanoTime >= FRESH.toNanos()) {
      seen =
          new Seen(
              NetworkInterface.networkInterfaces()
                  .flatMap(NetworkInterface::inetAddresses)
                  .collect(Collectors.toUnmodifiableSet()),
              System.nanoTime());
    }
    return seen.addresses.contains(address);
  }
}
