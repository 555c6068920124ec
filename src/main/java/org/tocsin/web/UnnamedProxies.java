package org.tocsin.web;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.platform.address.IpAddress;
import org.tocsin.platform.address.IpNetwork;

/**
 * Counts requests that say they were forwarded, by peers that nobody named: a proxy that an
 * operator forgot makes all visitors one source. A mark in the data folder tells {@code doctor}.
 *
 * <p>Anybody can send such a header, and some companies' own proxies do, so peers on the open
 * Internet are counted and never written down; those within one's own walls are named in the mark.
 */
public final class UnnamedProxies {
  private static final Logger log = LoggerFactory.getLogger(UnnamedProxies.class);
  private static final String FILE = "unnamed-proxies.json";
  private static final int MOST_PEERS = 8;
  private static final Duration WRITE = Duration.ofMinutes(1);
  private static final Duration FRESH = Duration.ofDays(7);

  private final Path file;
  private final InstantSource clock;
  private final Set<String> inner = new TreeSet<>();
  private long fromInner;
  private long fromOutside;
  private Instant written = Instant.MIN;

  public UnnamedProxies(Path dataDir, InstantSource clock) {
    this.file = dataDir.resolve(FILE);
    this.clock = clock;
  }

  public synchronized long heard() {
    return fromInner + fromOutside;
  }

  synchronized void heard(Optional<InetAddress> peer) {
    Optional<InetAddress> within = peer.filter(IpNetwork::inner);
    if (heard() == 0) {
      log.warn(
          "A request was forwarded by a proxy that http.trusted_proxies does not name, so whom it"
              + " came from is not known; tocsin doctor tells more");
    }
    boolean news = within.isPresent() ? fromInner++ == 0 : fromOutside++ == 0;
    if (within.isPresent() && inner.size() < MOST_PEERS) {
      news |= inner.add(within.get().getHostAddress());
    }
    Instant now = clock.instant();
    if (news || written.plus(WRITE).isBefore(now)) {
      written = now;
      write(now);
    }
  }

  private void write(Instant now) {
    JsonObject mark =
        new JsonObject()
            .put("at", now.toString())
            .put("peers", new JsonArray(List.copyOf(inner)))
            .put("requests", fromInner)
            .put("requests_from_outside", fromOutside);
    try {
      Path partial = file.resolveSibling(FILE + ".partial");
      Files.writeString(partial, mark.encodePrettily() + "\n");
      Files.move(
          partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      log.atWarn().setCause(failure).log("The mark of unnamed proxies cannot be written");
    }
  }

  /**
   * What a hub on this folder heard lately and these proxies do not explain. Strangers on the open
   * Internet are told only where no proxy is named at all.
   */
  public static List<String> problems(Path dataDir, List<IpNetwork> named, Instant now) {
    Optional<JsonObject> mark =
        read(dataDir.resolve(FILE))
            .filter(found -> Instant.parse(found.getString("at")).plus(FRESH).isAfter(now));
    if (mark.isEmpty()) {
      return List.of();
    }
    List<String> peers =
        mark.get().getJsonArray("peers").stream()
            .map(String::valueOf)
            .filter(peer -> IpAddress.parse(peer).filter(at -> holds(named, at)).isEmpty())
            .toList();
    String last = mark.get().getString("at");
    if (!peers.isEmpty()) {
      return List.of(
          mark.get().getLong("requests")
              + " requests were forwarded by "
              + String.join(", ", peers)
              + ", the last about "
              + last
              + "; where that is your proxy, name it in http.trusted_proxies");
    }
    long outside = mark.get().getLong("requests_from_outside");
    return outside > 0 && named.isEmpty()
        ? List.of(
            outside
                + " requests say that they were forwarded, by peers on the open Internet, the last"
                + " about "
                + last
                + "; where one of them is your proxy, name it in http.trusted_proxies")
        : List.of();
  }

  private static boolean holds(List<IpNetwork> named, InetAddress address) {
    return named.stream().anyMatch(network -> network.holds(address));
  }

  private static Optional<JsonObject> read(Path file) {
    try {
      return Files.exists(file)
          ? Optional.of(new JsonObject(Files.readString(file)))
          : Optional.empty();
    } catch (IOException | DecodeException damaged) {
      throw new IllegalStateException(file + " cannot be read; delete it", damaged);
    }
  }
}
