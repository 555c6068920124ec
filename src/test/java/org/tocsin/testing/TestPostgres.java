package org.tocsin.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.tocsin.platform.config.Settings.Login;
import org.tocsin.platform.config.Settings.Postgres;
import org.tocsin.platform.database.Bootstrap;
import org.tocsin.platform.database.EmbeddedPostgres;
import org.tocsin.platform.database.Migrations;
import org.tocsin.platform.database.ServerAddress;

/** One PostgreSQL per test run, one migrated template, and a copy of it for whoever asks. */
public final class TestPostgres {
  public static final Login HUB = new Login("tocsin_hub", "hub-password");
  public static final Login SITE = new Login("tocsin_site", "site-password");
  public static final Login COURIER = new Login("tocsin_courier", "courier-password");
  public static final Postgres ROLES = new Postgres(Optional.empty(), HUB, SITE, COURIER, 8, true);

  private static final Path FOLDER = Path.of("target/test-postgres").toAbsolutePath();
  private static final String GONE = "gone-";
  private static final long RUN = ProcessHandle.current().pid();
  private static final String MIGRATED = "template";
  private static final Set<String> TEMPLATES = new HashSet<>();
  private static final AtomicInteger CLONES = new AtomicInteger();
  private static final EmbeddedPostgres SERVER = start();

  /** One for all copies: to sign in takes longer than to copy. */
  private static final Connection ADMIN = admin();

  private TestPostgres() {}

  private static EmbeddedPostgres start() {
    discardLeftovers();
    EmbeddedPostgres server = EmbeddedPostgres.attach(FOLDER);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server)));
    prepare(server);
    return server;
  }

  private static Connection admin() {
    try {
      return superuser(SERVER.address("postgres"));
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The last to leave takes all data along: to drop hundreds of databases takes minutes. */
  private static void end(EmbeddedPostgres server) {
    server.close();
    try (FileChannel starting =
        FileChannel.open(FOLDER.resolve("start.lock"), StandardOpenOption.WRITE)) {
      starting.lock();
      if (!Files.exists(FOLDER.resolve("data/postmaster.pid"))
          && Files.exists(FOLDER.resolve("data"))) {
        discard(Files.move(FOLDER.resolve("data"), FOLDER.resolve(GONE + RUN)));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void discardLeftovers() {
    if (Files.exists(FOLDER)) {
      try (Stream<Path> files = Files.list(FOLDER)) {
        files
            .filter(file -> file.getFileName().toString().startsWith(GONE))
            .forEach(TestPostgres::discard);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /** Hundreds of thousands of files: nobody waits for that, where the machine can do it alone. */
  private static void discard(Path folder) {
    try {
      new ProcessBuilder("rm", "-rf", folder.toString()).start();
    } catch (IOException noSuchCommand) {
      delete(folder);
    }
  }

  /** All of it or, where the process is ended meanwhile, the rest at the next start. */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Drops what earlier runs left, and stops waiting for the disk: a killed hub loses nothing by
   * that, only a machine without power does. Nor does it clean up in hundreds of databases that are
   * thrown away, or make it hard to try the passwords of thousands of connections.
   */
  private static void prepare(EmbeddedPostgres server) {
    try (Connection admin = superuser(server, server.address("postgres"));
        Statement statement = admin.createStatement()) {
      for (String setting : List.of("fsync", "full_page_writes", "autovacuum")) {
        statement.execute("ALTER SYSTEM SET " + setting + " = off");
      }
      statement.execute("ALTER SYSTEM SET scram_iterations = 1");
      statement.execute("SELECT pg_reload_conf()");
      for (String leftover : leftovers(statement)) {
        statement.execute("DROP DATABASE IF EXISTS \"" + leftover + "\" WITH (FORCE)");
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static List<String> leftovers(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT datname, (regexp_match(datname, '^[a-z]+_(\\d+)'))[1]"
                + " FROM pg_database WHERE datname ~ '^[a-z]+_\\d+'")) {
      while (rows.next()) {
        if (ProcessHandle.of(rows.getLong(2)).filter(ProcessHandle::isAlive).isEmpty()) {
          names.add(rows.getString(1));
        }
      }
    }
    return names;
  }

  /** A fresh, migrated database. */
  public static ServerAddress database() {
    return copyOf(migrated());
  }

  private static String migrated() {
    return template(MIGRATED, database -> Migrations.run(database, ROLES));
  }

  /** Where what goes with a template's database is kept. */
  static Path folder(String template) {
    return FOLDER.resolve(template + "_" + RUN);
  }

  /**
   * Filled for whoever asks first; the others wait for it.
   *
   * @param fill gets the migrated database, or an empty one for the migrations themselves
   */
  static synchronized String template(String kind, Consumer<ServerAddress> fill) {
    String name = kind + "_" + RUN;
    if (!TEMPLATES.contains(name)) {
      if (kind.equals(MIGRATED)) {
        Bootstrap.ensure(SERVER, name, HUB, List.of(SITE, COURIER));
      } else {
        drop(name);
        copy(migrated(), name);
      }
      fill.accept(SERVER.address(name));
      TEMPLATES.add(name);
    }
    return name;
  }

  /** Left half filled where filling it failed: whoever asks next must hear the same. */
  private static void drop(String name) {
    try (Statement statement = ADMIN.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS \"" + name + "\" WITH (FORCE)");
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  static ServerAddress copyOf(String template) {
    String name = "test_" + ProcessHandle.current().pid() + "_" + CLONES.incrementAndGet();
    copy(template, name);
    return SERVER.address(name);
  }

  /** An empty database with its roles, for tests that migrate themselves. */
  public static ServerAddress unmigrated() {
    String name = "test_" + ProcessHandle.current().pid() + "_" + CLONES.incrementAndGet();
    Bootstrap.ensure(SERVER, name, HUB, List.of(SITE, COURIER));
    return SERVER.address(name);
  }

  /** A copy has the rights within its template, and not those on the database itself. */
  private static synchronized void copy(String template, String name) {
    try (Statement statement = ADMIN.createStatement()) {
      statement.execute(
          "CREATE DATABASE \"%s\" TEMPLATE \"%s\" OWNER \"%s\""
              .formatted(name, template, HUB.username()));
      Bootstrap.restrict(ADMIN, name, HUB, List.of(SITE, COURIER));
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** A superuser's connection, for looking where no role of the hub's may. */
  public static Connection superuser(ServerAddress database) throws SQLException {
    return superuser(SERVER, database);
  }

  private static Connection superuser(EmbeddedPostgres server, ServerAddress database)
      throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), server.superuser(), server.superuserPassword());
  }
}
