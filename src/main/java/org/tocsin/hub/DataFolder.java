package org.tocsin.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.config.InvalidSettings;

/**
 * The folder that holds what a hub keeps outside the database, and the lock of the one hub that
 * runs on it.
 */
final class DataFolder implements AutoCloseable {
  private static final Duration WAIT_FOR_OLD_HUB = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final long MEGABYTE = 1024 * 1024;
  private static final long LEAST_FREE = 64 * MEGABYTE;

  /** PostgreSQL's programs, an empty cluster and its first log. */
  private static final long LEAST_FREE_FOR_DATABASE = 256 * MEGABYTE;

  private final Path path;
  private @Nullable FileChannel lock;

  private DataFolder(Path path) {
    this.path = path;
  }

  /** Opens the folder; a full or read-only one is told at once, not at the first write. */
  static DataFolder open(Path path) {
    try {
      Files.createDirectories(path);
      Path probe = Files.createTempFile(path, "probe-", "");
      Files.write(probe, new byte[4096]);
      Files.delete(probe);
    } catch (IOException unusable) {
      throw refused(path, "cannot be written: " + why(unusable));
    }
    DataFolder folder = new DataFolder(path);
    folder.requireRoom(LEAST_FREE);
    return folder;
  }

  /** Before an embedded database is made: one that runs full in the middle leaves a ruin. */
  void requireRoomForDatabase() {
    requireRoom(LEAST_FREE_FOR_DATABASE);
  }

  private void requireRoom(long needed) {
    try {
      long free = Files.getFileStore(path).getUsableSpace();
      if (free < needed) {
        throw refused(
            path,
            "is full: "
                + free / MEGABYTE
                + " MB are left, "
                + needed / MEGABYTE
                + " MB are needed");
      }
    } catch (IOException unusable) {
      throw refused(path, "cannot be used: " + why(unusable));
    }
  }

  private static InvalidSettings refused(Path path, String why) {
    return new InvalidSettings(List.of("data_dir " + path + " " + why));
  }

  private static String why(IOException unusable) {
    return switch (unusable) {
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "it is no folder";
      case FileSystemException file when file.getReason() != null -> file.getReason();
      default -> "it cannot be made here";
    };
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  /** Waits for an older hub on this folder to finish draining. */
  void lock() {
    lock(WAIT_FOR_OLD_HUB);
  }

  void lock(Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    try {
      FileChannel channel =
          FileChannel.open(
              path.resolve("hub.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.READ);
      while (!held(channel)) {
        if (System.nanoTime() > until) {
          channel.close();
          throw refused(path, "is in use by another hub" + holder());
        }
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      }
      channel.truncate(0);
      channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
      lock = channel;
    } catch (IOException failure) {
      throw refused(path, "cannot be locked: " + why(failure));
    }
  }

  private static boolean held(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException here) {
      return false;
    }
  }

  private String holder() throws IOException {
    String process = Files.readString(path.resolve("hub.lock")).strip();
    return process.isEmpty() ? "" : ", process " + process;
  }

  @Override
  public void close() {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
