package org.tocsin.channels.webhook;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tocsin.channels.webhook.Vetting.Vetted;

/**
 * The one way to a partner's server, for the handshake, the challenge, the test and the event.
 * Invariant: every request goes to an address that {@link AddressGuard} has just vetted, ends by
 * its deadline, reads a bounded answer, follows no redirect and is never repeated by itself.
 */
public final class WebhookTransport {
  public static final int MOST_RESPONSE_BYTES = 16 * 1024;

  private static final int MOST_CONNECTIONS = 4;
  private static final int MOST_STREAMS = 16;
  private static final int MOST_WAITING = 1_000;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
  private static final Duration LONGEST_CONNECTION = Duration.ofMinutes(10);
  private static final String USER_AGENT = "Tocsin-Webhooks/1.0";

  private final Vertx vertx;
  private final AddressGuard guard;
  private final UnreadStreams unread = new UnreadStreams();
  private final List<Context> contexts = new ArrayList<>();
  private final Map<Line, Clients> clients = new EnumMap<>(Line.class);

  /** Connections that those of another line do not wait for. */
  enum Line {
    SHARED,
    OF_STOPS
  }

  private record Clients(HttpClient overTls, HttpClient clear) {
    HttpClient of(Vetted vetted) {
      return vetted.tls() ? overTls : clear;
    }
  }

  public WebhookTransport(Vertx vertx, AddressGuard guard) {
    this(vertx, guard, new HttpClientOptions());
  }

  /** {@code base} may say whom to trust, nothing else. */
  WebhookTransport(Vertx vertx, AddressGuard guard, HttpClientOptions base) {
    this.vertx = vertx;
    this.guard = guard;
    for (Line line : Line.values()) {
      clients.put(line, clients(base));
    }
    for (int loop = 0; loop < VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE; loop++) {
      contexts.add(((VertxInternal) vertx).createEventLoopContext());
    }
  }

  private Clients clients(HttpClientOptions base) {
    return new Clients(
        client(
            new HttpClientOptions(base)
                .setSsl(true)
                .setVerifyHost(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2MultiplexingLimit(MOST_STREAMS)
                .setHttp2KeepAliveTimeout((int) KEEP_ALIVE.toSeconds())),
        client(new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_1_1)));
  }

  private HttpClient client(HttpClientOptions options) {
    return vertx
        .httpClientBuilder()
        .with(
            options
                .setConnectTimeout((int) CONNECT.toMillis())
                .setSslHandshakeTimeout(CONNECT.toSeconds())
                .setKeepAlive(true)
                .setKeepAliveTimeout((int) KEEP_ALIVE.toSeconds())
                .setPipelining(false)
                .setDecompressionSupported(false))
        .with(
            new PoolOptions()
                .setHttp1MaxSize(MOST_CONNECTIONS)
                .setHttp2MaxSize(1)
                .setMaxWaitQueueSize(MOST_WAITING)
                .setMaxLifetime((int) LONGEST_CONNECTION.toSeconds()))
        .build();
  }

  /**
   * Sends one request; the future never fails.
   *
   * @param deadline for all of it: look-up, waiting for a connection, connect, TLS, headers, body
   */
  public Future<Exchange> exchange(
      String url, HttpMethod method, Map<String, String> headers, Buffer body, Duration deadline) {
    return exchange(Line.SHARED, url, method, headers, body, deadline);
  }

  Future<Exchange> exchange(
      Line line,
      String url,
      HttpMethod method,
      Map<String, String> headers,
      Buffer body,
      Duration deadline) {
    Promise<Exchange> promise = Promise.promise();
    contextOf(url)
        .runOnContext(
            _ -> {
              // On a context of Vert.x, where all that follows stays.
              WebhookCall call = new WebhookCall(vertx, unread, deadline);
              guard
                  .vet(url)
                  .compose(vetting -> go(call, line, vetting, method, headers, body))
                  .onFailure(call::breakOff);
              call.exchange().onComplete(promise);
            });
    return promise.future();
  }

  /** One server, one event loop: neither a request nor its answer goes from thread to thread. */
  private Context contextOf(String url) {
    int host = url.indexOf("://") + 3;
    int end = url.indexOf('/', host);
    String authority = end < 0 ? url : url.substring(host, end);
    return contexts.get(Math.floorMod(authority.hashCode(), contexts.size()));
  }

  private Future<?> go(
      WebhookCall call,
      Line line,
      Vetting vetting,
      HttpMethod method,
      Map<String, String> headers,
      Buffer body) {
    return switch (vetting) {
      case Vetted vetted ->
          request(line, vetted, method, headers)
              .onSuccess(request -> call.send(request, body, guard.demonstrates(vetted)));
      case Vetting.Forbidden(Refusal refusal, String detail) ->
          call.end(new Exchange.Forbidden(refusal, detail));
      case Vetting.Unresolved _ ->
          call.end(new Exchange.NotSent("no address", "the host has no address"));
    };
  }

  private Future<HttpClientRequest> request(
      Line line, Vetted vetted, HttpMethod method, Map<String, String> headers) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setServer(
                SocketAddress.inetSocketAddress(vetted.port(), vetted.address().getHostAddress()))
            .setHost(vetted.host())
            .setPort(vetted.port())
            .setSsl(vetted.tls())
            .setURI(vetted.target())
            .setFollowRedirects(false)
            .putHeader("user-agent", USER_AGENT);
    headers.forEach(options::putHeader);
    return Objects.requireNonNull(clients.get(line)).of(vetted).request(options);
  }
}
