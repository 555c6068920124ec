package org.tocsin.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.tocsin.platform.database.ServerAddress;

/** The settings of a hub over a database of the test's server, on ports of its own. */
final class HubEnvironment {
  private HubEnvironment() {}

  static Map<String, String> of(ServerAddress database, Path folder, int port, int management) {
    Map<String, String> environment = new HashMap<>();
    environment.put("TOCSIN_DATA_DIR", folder.toString());
    environment.put("TOCSIN_HTTP_PORT", "" + port);
    environment.put("TOCSIN_MANAGEMENT_PORT", "" + management);
    environment.put(
        "TOCSIN_DATABASE_URL",
        "postgresql://"
            + database.host()
            + ":"
            + database.port()
            + "/"
            + database.database()
            + "?sslmode=disable");
    environment.put("TOCSIN_DATABASE_PASSWORD", TestPostgres.HUB.password());
    environment.put("TOCSIN_DATABASE_SITE_PASSWORD", TestPostgres.SITE.password());
    environment.put("TOCSIN_DATABASE_COURIER_PASSWORD", TestPostgres.COURIER.password());
    return environment;
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
