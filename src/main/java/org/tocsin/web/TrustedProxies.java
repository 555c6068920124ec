package org.tocsin.web;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.address.IpAddress;
import org.tocsin.platform.address.IpNetwork;

/**
 * Finds the network that a request comes from behind the proxies that an operator named. Invariant:
 * what a client writes itself moves it nowhere but among those who share its proxy's address.
 *
 * <p>Headers are believed only where the peer is a named proxy. The list is then read from its end,
 * which our own proxy wrote, and the last hop that is not a named proxy counts. Where that hop is
 * no address, the proxy that reported it counts. {@code Forwarded} is read like {@code
 * X-Forwarded-For}; where there are both and they name different hops, one of them was written by
 * the client, so neither is believed and the peer itself counts.
 *
 * <p>Nothing else that is forwarded is read: scheme and host are {@code http.public_url}'s.
 */
record TrustedProxies(List<IpNetwork> named, UnnamedProxies unnamed) {
  static final String SOURCE = "tocsin.source";
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String FORWARDED = "Forwarded";

  /** What proxies send, whether or not it is read here. */
  private static final List<String> SIGNS =
      List.of(FORWARDED_FOR, FORWARDED, "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP");

  void note(RoutingContext ctx) {
    MultiMap headers = ctx.request().headers();
    var remote = ctx.request().remoteAddress();
    if (remote != null && SIGNS.stream().anyMatch(headers::contains)) {
      Optional<InetAddress> peer =
          Optional.ofNullable(remote.hostAddress()).flatMap(IpAddress::parse);
      if (peer.filter(this::trusts).isPresent()) {
        ctx.put(
            SOURCE,
            source(peer.get(), headers.getAll(FORWARDED_FOR), headers.getAll(FORWARDED))
                .getHostAddress());
      } else {
        unnamed.heard(peer);
      }
    }
    ctx.next();
  }

  private boolean trusts(InetAddress address) {
    return named.stream().anyMatch(network -> network.holds(address));
  }

  /** {@code peer} is a named proxy. */
  InetAddress source(InetAddress peer, List<String> forwardedFor, List<String> forwarded) {
    if (forwardedFor.isEmpty() || forwarded.isEmpty()) {
      return last(
          peer,
          forwarded.isEmpty() ? Hops.ofForwardedFor(forwardedFor) : Hops.ofForwarded(forwarded));
    }
    InetAddress one = last(peer, Hops.ofForwardedFor(forwardedFor));
    return one.equals(last(peer, Hops.ofForwarded(forwarded))) ? one : peer;
  }

  private InetAddress last(InetAddress peer, List<Optional<InetAddress>> hops) {
    InetAddress reported = peer;
    for (Optional<InetAddress> hop : hops.reversed()) {
      if (hop.isEmpty()) {
        return reported;
      }
      reported = hop.get();
      if (!trusts(reported)) {
        return reported;
      }
    }
    return reported;
  }
}
