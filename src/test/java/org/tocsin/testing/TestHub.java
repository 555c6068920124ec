package org.tocsin.testing;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.tocsin.audit.Audit;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.ServerAddress;

/**
 * What a feature's test stands on: the real PostgreSQL with all three roles, a keyring, a bus, and
 * a clock that the test sets.
 */
public final class TestHub implements AutoCloseable {
  public final Vertx vertx = Vertx.vertx();
  public final ServerAddress address = TestPostgres.database();
  public final Database hub = open(TestPostgres.HUB.username(), TestPostgres.HUB.password());
  public final Database site = open(TestPostgres.SITE.username(), TestPostgres.SITE.password());
  public final Database courier =
      open(TestPostgres.COURIER.username(), TestPostgres.COURIER.password());
  public final Path folder = temporaryFolder();
  public final Keyring keyring = Keyring.open(folder.resolve("keys"), true);
  public final Bus bus = new Bus(vertx);
  public final SettableClock clock = new SettableClock(Instant.parse("2026-06-15T09:00:00Z"));
  public final Audit audit = new Audit(hub, clock);

  private Database open(String role, String password) {
    return Database.open(vertx, address, role, password, 4);
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "hub-")
          .toAbsolutePath();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    hub.close();
    site.close();
    courier.close();
    vertx.close().await();
  }
}
