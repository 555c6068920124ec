package org.tocsin.bench;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.tocsin.correspondents.InventedMembers;
import org.tocsin.correspondents.MemberVault;
import org.tocsin.network.InventedEndpoints;
import org.tocsin.platform.config.Settings.Login;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.Bootstrap;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.EmbeddedPostgres;
import org.tocsin.platform.database.ServerAddress;
import org.tocsin.subscribers.InventedSubscribers;
import org.tocsin.subscribers.PeopleVault;

/**
 * What hubs are measured on: a PostgreSQL of their own that waits for its disk ({@code
 * synchronous_commit} and {@code fsync} on), one keyring for all nodes, and a folder for each.
 */
final class BenchGround implements AutoCloseable {
  private static final Login HUB = new Login("tocsin_hub", "bench-hub");
  private static final Login SITE = new Login("tocsin_site", "bench-site");
  private static final Login COURIER = new Login("tocsin_courier", "bench-courier");
  private static final int CONNECTIONS = 4;
  private static final int OUTCOMES_AT_ONCE = 1_000_000;

  private final Path folder;
  private final boolean passing;
  private final EmbeddedPostgres server;
  private final ServerAddress address;
  private final Keyring keyring;
  private final Vertx vertx = Vertx.vertx();
  private final Database hub;
  private final GroundRepository asked = new GroundRepository();
  private final InstantSource clock;

  private BenchGround(
      Path folder, boolean passing, EmbeddedPostgres server, String database, InstantSource clock) {
    this.clock = clock;
    this.folder = folder;
    this.passing = passing;
    this.server = server;
    this.address = server.address(database);
    this.keyring = Keyring.open(folder.resolve("keys"), true);
    this.hub = Database.open(vertx, address, HUB.username(), HUB.password(), CONNECTIONS);
  }

  /**
   * A database that nobody has used yet.
   *
   * @param kept where all of it stays afterwards; without it nothing does
   */
  static BenchGround open(Optional<Path> kept, InstantSource clock) throws IOException {
    Path folder =
        kept.isPresent() ? kept.get().toAbsolutePath() : Files.createTempDirectory("tocsin-bench");
    EmbeddedPostgres server = EmbeddedPostgres.attach(folder.resolve("postgres"));
    String database = "bench_" + ProcessHandle.current().pid();
    Bootstrap.ensure(server, database, HUB, List.of(SITE, COURIER));
    return new BenchGround(folder, kept.isEmpty(), server, database, clock);
  }

  /** What the figures depend on. */
  Map<String, String> settings() {
    return asked.settings(hub);
  }

  /** Writes subscribers once the first node has made the tables. */
  void subscribe(int many) {
    new InventedSubscribers(hub, new PeopleVault(keyring.sealer(), keyring.lookup()), clock)
        .write(1, many);
    asked.analyze(hub);
  }

  /** Writes correspondents, for an alert. */
  void admit(int many) {
    new InventedMembers(hub, new MemberVault(keyring.sealer(), keyring.lookup()), clock)
        .write(many);
  }

  /** Writes endpoints that live at a receiver's port, on so many addresses; no other listens. */
  void register(int many, int port, int addresses, UnaryOperator<String> secretOf) {
    asked.silence(hub);
    new InventedEndpoints(hub, keyring.sealer(), clock).write(many, port, addresses, secretOf);
    asked.analyze(hub);
  }

  boolean frozen() {
    return asked.frozen(hub);
  }

  /** How long a single statement takes to write as many rows as a snapshot has. */
  double bareSeconds(int many) {
    long start = System.nanoTime();
    asked.bareRows(hub, many);
    return (System.nanoTime() - start) / 1e9;
  }

  void grow(int outcomes) {
    for (int from = 1; from <= outcomes; from += OUTCOMES_AT_ONCE) {
      asked.oldOutcomes(hub, from, Math.min(outcomes, from + OUTCOMES_AT_ONCE - 1));
    }
  }

  /** Does something while an old snapshot of the database is held, as by a backup. */
  <T> T whileHeld(Supplier<T> work) {
    return hub.transaction(
        tx -> {
          asked.hold(tx);
          return work.get();
        });
  }

  /** A node's folder, with the keys of all. */
  Path nodeFolder(int number) {
    Path node = scratch("node-" + number);
    try {
      Path keys = Files.createDirectories(node.resolve("keys"));
      try (Stream<Path> files = Files.list(folder.resolve("keys"))) {
        for (Path file : files.toList()) {
          Files.copy(file, keys.resolve(file.getFileName()));
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return node;
  }

  /** A folder for what only this run needs. */
  Path scratch(String name) {
    return folder.resolve(name + "-" + ProcessHandle.current().pid());
  }

  /** How a node reaches the database. */
  Map<String, String> environment() {
    return Map.of(
        "TOCSIN_DATABASE_URL",
        "postgresql://%s:%d/%s?sslmode=disable"
            .formatted(address.host(), address.port(), address.database()),
        "TOCSIN_DATABASE_PASSWORD",
        HUB.password(),
        "TOCSIN_DATABASE_SITE_PASSWORD",
        SITE.password(),
        "TOCSIN_DATABASE_COURIER_PASSWORD",
        COURIER.password());
  }

  @Override
  public void close() {
    hub.close();
    server.close();
    if (passing) {
      vertx.fileSystem().deleteRecursive(folder.toString()).await();
    }
    vertx.close().await();
  }
}
