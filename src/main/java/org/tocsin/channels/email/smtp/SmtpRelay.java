package org.tocsin.channels.email.smtp;

import io.vertx.core.net.NetClientOptions;
import java.util.Optional;
import org.tocsin.platform.config.Settings.Tls;

/**
 * The server that takes our mail, and how much we ask of it.
 *
 * @param ownName how we introduce ourselves
 * @param connections at most so many at once
 * @param messagesPerConnection after so many a connection is ended and another made
 */
public record SmtpRelay(
    String host,
    int port,
    Tls tls,
    Optional<Login> login,
    String ownName,
    int connections,
    int messagesPerConnection,
    SmtpLimits limits) {
  private static final int IMPLICIT_TLS = 465;

  /** Said only over TLS, unless TLS is disabled by the operator's own word. */
  public record Login(String username, String password) {
    @Override
    public String toString() {
      return "Login[…]";
    }
  }

  boolean encryptsAtOnce() {
    return port == IMPLICIT_TLS && tls != Tls.DISABLED;
  }

  /** The certificate must be trusted and name the host, whether TLS is required or optional. */
  NetClientOptions options(NetClientOptions base) {
    return new NetClientOptions(base)
        .setConnectTimeout((int) limits.connect().toMillis())
        .setSsl(encryptsAtOnce())
        .setTrustAll(false)
        .setHostnameVerificationAlgorithm("HTTPS")
        .setReconnectAttempts(0);
  }
}
