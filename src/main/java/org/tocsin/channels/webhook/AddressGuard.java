package org.tocsin.channels.webhook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tocsin.channels.webhook.Vetting.Vetted;
import org.tocsin.platform.config.Settings;

/**
 * Keeps the hub from being used to reach into somebody's network: the one way from a partner's URL
 * to an address that may be connected to, for registering, testing and sending alike. Invariant: a
 * name is resolved once, every address it has is tested, and the caller connects to the very
 * address that was tested, at most three seconds ago.
 */
public final class AddressGuard {
  private static final int RESOLVERS = 16;
  private static final int SLOW_SECONDS = 20;

  /** Looks a name up; blocks. */
  @FunctionalInterface
  interface Resolver {
    List<InetAddress> resolve(String name) throws UnknownHostException;
  }

  private final WorkerExecutor workers;
  private final Resolver resolver;
  private final boolean allowPrivate;
  private final AllowedHosts allowedHosts;
  private final OwnAddresses own = new OwnAddresses();
  private final RecentOrigins recent = new RecentOrigins(System::nanoTime);

  /**
   * @throws IllegalArgumentException for an unreadable {@code webhooks.allowed_hosts}
   */
  public AddressGuard(Vertx vertx, Settings.Webhooks settings) {
    this(vertx, settings, name -> List.of(InetAddress.getAllByName(name)));
  }

  AddressGuard(Vertx vertx, Settings.Webhooks settings, Resolver resolver) {
    this.workers =
        vertx.createSharedWorkerExecutor(
            "webhook-addresses", RESOLVERS, SLOW_SECONDS, TimeUnit.SECONDS);
    this.resolver = resolver;
    this.allowPrivate = settings.allowPrivate();
    this.allowedHosts = AllowedHosts.of(settings.allowedHosts());
  }

  /** Never fails: what cannot be called is told by the value. */
  public Future<Vetting> vet(String text) {
    Optional<Vetted> known = recent.find(text);
    if (known.isPresent()) {
      return Future.succeededFuture(known.get());
    }
    long since = recent.now();
    return look(text)
        .onSuccess(
            vetting -> {
              if (vetting instanceof Vetted vetted) {
                recent.keep(text, vetted, since);
              }
            });
  }

  private Future<Vetting> look(String text) {
    WebhookUrl url;
    try {
      url = WebhookUrl.parse(text);
      checkPort(url);
    } catch (RefusedUrl refused) {
      return Future.succeededFuture(new Vetting.Forbidden(refused.refusal(), ""));
    }
    Optional<InetAddress> literal = url.literal();
    return literal.isPresent()
        ? Future.succeededFuture(judge(url, List.of(literal.get())))
        : workers.executeBlocking(() -> resolveAndJudge(url), false);
  }

  /** True for an address that only a demonstration may call. */
  public boolean demonstrates(Vetted vetted) {
    return allowPrivate && vetted.address().isLoopbackAddress();
  }

  private void checkPort(WebhookUrl url) throws RefusedUrl {
    boolean usual = url.tls() && url.port() == 443;
    if (!usual && !allowPrivate && !allowedHosts.allow(url)) {
      throw new RefusedUrl(url.tls() ? Refusal.PORT : Refusal.SCHEME);
    }
  }

  private Vetting resolveAndJudge(WebhookUrl url) {
    try {
      return judge(url, resolver.resolve(url.host()));
    } catch (UnknownHostException unknown) {
      return new Vetting.Unresolved(url.uri(), url.host());
    }
  }

  private Vetting judge(WebhookUrl url, List<InetAddress> addresses) {
    if (addresses.isEmpty()) {
      return new Vetting.Unresolved(url.uri(), url.host());
    }
    try {
      for (InetAddress address : addresses) {
        Optional<Vetting> forbidden = forbidden(address);
        if (forbidden.isPresent()) {
          return forbidden.get();
        }
      }
    } catch (SocketException cannotSeeOwnAddresses) {
      return new Vetting.Unresolved(url.uri(), url.host());
    }
    return new Vetted(url.tls(), url.host(), url.port(), url.target(), addresses.getFirst());
  }

  private Optional<Vetting> forbidden(InetAddress address) throws SocketException {
    if (allowPrivate && address.isLoopbackAddress()) {
      return Optional.empty();
    }
    Optional<String> network = BlockedNetworks.holding(address);
    if (network.isPresent()) {
      return Optional.of(new Vetting.Forbidden(Refusal.BLOCKED_ADDRESS, network.get()));
    }
    return own.include(address)
        ? Optional.of(new Vetting.Forbidden(Refusal.OWN_ADDRESS, ""))
        : Optional.empty();
  }
}
