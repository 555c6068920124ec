package org.tocsin.chaos;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.Bootstrap;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.EmbeddedPostgres;
import org.tocsin.platform.database.ServerAddress;
import org.tocsin.testing.TestPostgres;

/** A PostgreSQL that a case may restart, and one keyring for all nodes. */
final class Ground implements AutoCloseable {
  private static final String NAME = "chaos";
  private static final int CONNECTIONS = 8;
  private static final long RESTART_SECONDS = 60;

  final Path folder;
  final ServerAddress address;
  final Keyring keyring;
  final Vertx vertx = Vertx.vertx();
  final Database hub;
  private final Path nodes;
  private final EmbeddedPostgres server;

  private Ground(Path folder) throws IOException {
    this.folder = folder;
    this.server = EmbeddedPostgres.attach(folder.resolve("postgres"));
    superuser("postgres", "ALTER SYSTEM SET fsync = off");
    superuser("postgres", "SELECT pg_reload_conf()");
    superuser("postgres", "DROP DATABASE IF EXISTS " + NAME + " WITH (FORCE)");
    Bootstrap.ensure(
        server, NAME, TestPostgres.HUB, List.of(TestPostgres.SITE, TestPostgres.COURIER));
    this.address = server.address(NAME);
    this.nodes = Files.createTempDirectory(folder, "nodes-");
    this.keyring = Keyring.open(nodes.resolve("keys"), true);
    this.hub =
        Database.open(
            vertx, address, TestPostgres.HUB.username(), TestPostgres.HUB.password(), CONNECTIONS);
  }

  static Ground open(Path folder) {
    try {
      return new Ground(Files.createDirectories(folder.toAbsolutePath()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A node's folder, with the keys of all. */
  Path nodeFolder(int number) {
    Path node = nodes.resolve("node-" + number);
    try {
      Path keys = Files.createDirectories(node.resolve("keys"));
      try (Stream<Path> files = Files.list(nodes.resolve("keys"))) {
        for (Path file : files.toList()) {
          Files.copy(file, keys.resolve(file.getFileName()));
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return node;
  }

  /** What no role of the hub's may do. */
  void superuser(String sql) {
    superuser(NAME, sql);
  }

  private void superuser(String database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** A superuser's connection, e.g. to hold a lock. */
  Connection connect() throws SQLException {
    return connect(NAME);
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        server.address(database).jdbcUrl(), server.superuser(), server.superuserPassword());
  }

  /** How many wait for somebody's lock. */
  int waiting() {
    return hub.get(
        "SELECT count(DISTINCT pid)::int AS many FROM pg_locks WHERE NOT granted",
        row -> row.getInteger("many"));
  }

  /**
   * Of every node.
   *
   * @param roles whose, as a pattern
   */
  void breakConnections(String roles) {
    superuser(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
            + NAME
            + "' AND pid <> pg_backend_pid() AND usename LIKE '"
            + roles
            + "'");
  }

  /** Without a farewell to anybody, as after a crash; on the same port. */
  void restart() {
    Path data = folder.resolve("postgres").resolve("data");
    List<String> line = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      line.addAll(List.of("unshare", "-U"));
    }
    line.addAll(
        List.of(
            program("pg_ctl").toString(),
            "restart",
            "-w",
            "-m",
            "immediate",
            "-D",
            data.toString(),
            "-l",
            folder.resolve("postgres").resolve("server.log").toString()));
    Commands.run(RESTART_SECONDS, line);
  }

  private Path program(String name) {
    try (Stream<Path> unpacked = Files.list(folder.resolve("postgres"))) {
      return unpacked
          .map(one -> one.resolve("bin").resolve(name))
          .filter(Files::exists)
          .findFirst()
          .orElseThrow();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    hub.close();
    vertx.fileSystem().deleteRecursive(nodes.toString()).await();
    vertx.close().await();
    server.close();
  }
}
