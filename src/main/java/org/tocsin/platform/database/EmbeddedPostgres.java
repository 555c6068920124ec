package org.tocsin.platform.database;

import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL of a machine without one: unpacked, initialised and run under the data folder.
 *
 * <p>Any number of processes may use it at once; each holds a shared file lock, and the last to
 * leave stops the server. A server that outlived a killed hub is found by its {@code
 * postmaster.pid} and adopted; a pid file whose process is gone is left to PostgreSQL, one whose
 * pid now belongs to another program is removed.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final String SUPERUSER = "postgres";

  private final PostgresBinaries binaries;
  private final Path data;
  private final FileChannel users;
  private final FileLock use;
  private final int port;
  private final String password;

  private EmbeddedPostgres(
      PostgresBinaries binaries,
      Path data,
      FileChannel users,
      FileLock use,
      int port,
      String password) {
    this.binaries = binaries;
    this.data = data;
    this.users = users;
    this.use = use;
    this.port = port;
    this.password = password;
  }

  /**
   * Attaches to the server under {@code folder}, which is started, and made, where it is not there.
   */
  public static EmbeddedPostgres attach(Path folder) {
    try {
      Files.createDirectories(folder);
      Path data = folder.resolve("data");
      try (FileChannel starting = lockFile(folder.resolve("start.lock"))) {
        starting.lock();
        PostgresBinaries binaries = PostgresBinaries.unpack(folder);
        String password = PostgresCluster.superuserPassword(folder);
        if (!madeIn(folder)) {
          PostgresCluster.initialise(binaries, folder, data, password);
        }
        FileChannel users = lockFile(folder.resolve("users.lock"));
        FileLock use = users.lock(0, Long.MAX_VALUE, true);
        int port = runningPort(data).orElseGet(() -> PostgresCluster.start(binaries, folder, data));
        return new EmbeddedPostgres(binaries, data, users, use, port, password);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "cannot use the data folder " + folder + ": " + failure.getMessage(), failure);
    }
  }

  /** False before the first start: then there must be room for it. */
  public static boolean madeIn(Path folder) {
    return Files.exists(folder.resolve("data").resolve("PG_VERSION"));
  }

  private static FileChannel lockFile(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** The port of a server that already runs over this data, e.g. one that outlived a killed hub. */
  static Optional<Integer> runningPort(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    for (int waited = 0; waited <= PostgresCluster.START_SECONDS; waited++) {
      if (!Files.exists(pidFile)) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(pidFile);
      Optional<ProcessHandle> server = postgres(lines);
      if (server.isEmpty()) {
        Files.deleteIfExists(pidFile);
        return Optional.empty();
      }
      if (lines.size() > 7 && lines.get(7).startsWith("ready")) {
        log.info("Adopting the PostgreSQL that is already running");
        return Optional.of(Integer.parseInt(lines.get(3).strip()));
      }
      awaitASecond(server.get());
    }
    throw new IOException("PostgreSQL under " + data + " is not ready; its server.log says why");
  }

  private static Optional<ProcessHandle> postgres(List<String> lines) {
    return lines.isEmpty()
        ? Optional.empty()
        : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
            .filter(EmbeddedPostgres::isPostgres);
  }

  /** It is starting, recovering or stopping; less than a second where it ends. */
  private static void awaitASecond(ProcessHandle server) throws IOException {
    try {
      server.onExit().get(1, TimeUnit.SECONDS);
    } catch (TimeoutException stillThere) {
      log.info("PostgreSQL is there and not ready yet; a large database may recover for minutes");
    } catch (ExecutionException failure) {
      throw new IOException(failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while PostgreSQL was starting", interrupted);
    }
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.isAlive()
        && process
            .info()
            .command()
            .map(c -> Path.of(c).getFileName().toString().startsWith("postgres"))
            .orElse(true);
  }

  public ServerAddress address(String database) {
    return new ServerAddress("127.0.0.1", port, database, SslMode.DISABLE);
  }

  public String superuser() {
    return SUPERUSER;
  }

  public String superuserPassword() {
    return password;
  }

  /** Leaves the server; the last one out stops it. */
  @Override
  public void close() {
    try {
      use.release();
      FileLock last = users.tryLock();
      if (last != null) {
        PostgresCluster.stop(binaries, data);
        last.release();
      }
      users.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot stop PostgreSQL under " + data, failure);
    }
  }
}
