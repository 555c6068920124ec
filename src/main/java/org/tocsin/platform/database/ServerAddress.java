package org.tocsin.platform.database;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.pgclient.SslMode;
import java.net.URI;

/** Where a PostgreSQL listens. */
public record ServerAddress(String host, int port, String database, SslMode ssl) {
  /** {@code postgresql://host:port/database?sslmode=…}; user information in it is not used. */
  public static ServerAddress of(URI url) {
    String path = url.getPath() == null ? "" : url.getPath();
    String query = url.getQuery() == null ? "" : url.getQuery();
    SslMode ssl = SslMode.PREFER;
    for (String pair : query.split("&")) {
      if (pair.startsWith("sslmode=")) {
        ssl = SslMode.of(pair.substring("sslmode=".length()));
      }
    }
    return new ServerAddress(
        url.getHost(),
        url.getPort() < 0 ? 5432 : url.getPort(),
        path.length() > 1 ? path.substring(1) : "tocsin",
        ssl);
  }

  public ServerAddress withDatabase(String name) {
    return new ServerAddress(host, port, name, ssl);
  }

  /**
   * As libpq has it: only the verify modes look at the certificate, only verify-full at the name.
   */
  ClientSSLOptions tls() {
    boolean verify = ssl == SslMode.VERIFY_CA || ssl == SslMode.VERIFY_FULL;
    return new ClientSSLOptions()
        .setTrustAll(!verify)
        .setHostnameVerificationAlgorithm(ssl == SslMode.VERIFY_FULL ? "HTTPS" : "");
  }

  /** For Flyway, the only user of JDBC. */
  public String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database + "?sslmode=" + ssl.value;
  }
}
