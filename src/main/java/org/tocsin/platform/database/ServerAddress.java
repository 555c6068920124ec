package org.tocsin.platform.database;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.pgclient.SslMode;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.tocsin.platform.config.InvalidSettings;

/** Where a PostgreSQL listens. */
public record ServerAddress(String host, int port, String database, SslMode ssl) {
  /** {@code postgresql://host:port/database?sslmode=…}; user information in it is not used. */
  public static ServerAddress of(URI url) {
    String path = url.getPath() == null ? "" : url.getPath();
    String query = url.getQuery() == null ? "" : url.getQuery();
    SslMode ssl = SslMode.PREFER;
    for (String pair : query.split("&")) {
      if (pair.startsWith("sslmode=")) {
        ssl = mode(pair.substring("sslmode=".length()));
      }
    }
    return new ServerAddress(
        url.getHost(),
        url.getPort() < 0 ? 5432 : url.getPort(),
        path.length() > 1 ? path.substring(1) : "tocsin",
        ssl);
  }

  private static SslMode mode(String word) {
    return Arrays.stream(SslMode.values())
        .filter(mode -> mode.value.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidSettings(
                    List.of(
                        "database.url has no sslmode '"
                            + word
                            + "'; there are "
                            + Arrays.stream(SslMode.values())
                                .map(mode -> mode.value)
                                .collect(Collectors.joining(", ")))));
  }

  public ServerAddress withDatabase(String name) {
    return new ServerAddress(host, port, name, ssl);
  }

  /**
   * As libpq has it: only the verify modes look at the certificate, only verify-full at the name.
   */
  ClientSSLOptions tls() {
    return new ClientSSLOptions()
        .setTrustAll(!verifies())
        .setHostnameVerificationAlgorithm(ssl == SslMode.VERIFY_FULL ? "HTTPS" : "");
  }

  private boolean verifies() {
    return ssl == SslMode.VERIFY_CA || ssl == SslMode.VERIFY_FULL;
  }

  /** For what is done before there is a pool. Certificates are the machine's, as they are there. */
  public String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s?sslmode=%s%s"
        .formatted(
            host,
            port,
            database,
            ssl.value,
            verifies() ? "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory" : "");
  }
}
