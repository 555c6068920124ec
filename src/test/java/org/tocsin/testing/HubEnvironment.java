package org.tocsin.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.tocsin.platform.database.ServerAddress;

/** The settings of a hub over a database of the test's server, on ports of its own. */
final class HubEnvironment {
  private static final int LOWEST_PORT = 20_000;
  private static final int PORTS = 12_000;
  private static final AtomicInteger LAST_PORT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

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

  /**
   * Below the ports that systems give to whoever connects: there a connection of somebody's could
   * take it while its hub is killed and started again.
   */
  static int freePort() {
    return IntStream.range(0, PORTS)
        .map(_ -> LOWEST_PORT + Math.floorMod(LAST_PORT.incrementAndGet(), PORTS))
        .filter(HubEnvironment::isFree)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (BindException taken) {
      return false;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
