package org.tocsin.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Makes, starts and stops the data of one embedded server. */
final class PostgresCluster {
  private static final int COMMAND_SECONDS = 90;

  /** After a power cut a large database reads its log again and syncs all its files first. */
  static final int START_SECONDS = 900;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private PostgresCluster() {}

  static String superuserPassword(Path folder) throws IOException {
    Path file = folder.resolve("superuser.password");
    if (!Files.exists(file)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      Files.writeString(file, HexFormat.of().formatHex(random));
      Files.setPosixFilePermissions(file, OWNER_ONLY);
    }
    return Files.readString(file);
  }

  /** All or nothing: a folder left half made by a crash is made again. */
  static void initialise(PostgresBinaries binaries, Path folder, Path data, String password)
      throws IOException {
    Path partial = folder.resolve("data.partial");
    delete(partial);
    Path passwordFile = folder.resolve("superuser.password");
    execute(
        folder,
        binaries.command(
            "initdb",
            "--pgdata=" + partial,
            "--username=postgres",
            "--auth=scram-sha-256",
            "--pwfile=" + passwordFile,
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--no-instructions"));
    Files.writeString(
        partial.resolve("postgresql.auto.conf"),
        """
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        max_connections = 200
        shared_buffers = '256MB'
        max_wal_size = '2GB'
        log_timezone = 'UTC'
        timezone = 'UTC'
        log_min_error_statement = panic
        """);
    Files.move(partial, data);
  }

  /** {@code pg_ctl} puts the server into a session of its own, so Ctrl-C reaches the hub first. */
  static int start(PostgresBinaries binaries, Path folder, Path data) {
    int port = freePort();
    execute(
        folder,
        binaries.command(
            "pg_ctl",
            "start",
            "-w",
            "-t",
            "" + START_SECONDS,
            "-D",
            data.toString(),
            "-l",
            folder.resolve("server.log").toString(),
            "-o",
            "-p " + port),
        START_SECONDS + COMMAND_SECONDS);
    return port;
  }

  static void stop(PostgresBinaries binaries, Path data) {
    execute(
        data.resolve(".."),
        binaries.command("pg_ctl", "stop", "-w", "-m", "fast", "-D", data.toString()));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException("no free port for PostgreSQL", none);
    }
  }

  private static void execute(Path folder, List<String> command) {
    execute(folder, command, COMMAND_SECONDS);
  }

  private static void execute(Path folder, List<String> command, int seconds) {
    try {
      // Into a file, not a pipe: the server would inherit the pipe and hold it open for ever.
      Path output = Files.createTempFile(folder, "command-", ".log");
      try {
        Process process =
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new IOException("no answer in " + seconds + " s");
        }
        if (process.exitValue() != 0) {
          throw new IOException(Files.readString(output, StandardCharsets.UTF_8).strip());
        }
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("embedded PostgreSQL: " + failure.getMessage(), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "interrupted while PostgreSQL was starting or stopping", interrupted);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
