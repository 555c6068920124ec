package org.tocsin.channels.email;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.Optional;

/**
 * Looks whether the relay can be reached; it is asked by the readiness check and never sends
 * anything.
 */
public final class RelayProbe {
  private static final int CONNECT_MILLIS = 2_000;

  private final NetClient client;
  private final String host;
  private final int port;

  public RelayProbe(Vertx vertx, String host, int port) {
    this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS));
    this.host = host;
    this.port = port;
  }

  /** What is wrong, if anything is. */
  public Optional<String> problem() {
    try {
      client.connect(port, host).await().close();
      return Optional.empty();
    } catch (Exception unreachable) {
      return Optional.of("the mail relay does not answer");
    }
  }
}
