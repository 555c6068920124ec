package org.tocsin.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds what a hub keeps outside the database, and the lock of the one hub that
 * runs on it.
 */
final class DataFolder implements AutoCloseable {
  private static final Duration WAIT_FOR_OLD_HUB = Duration.ofSeconds(30);
  private static final long LEAST_FREE_BYTES = 64L * 1024 * 1024;

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
      long free = Files.getFileStore(path).getUsableSpace();
      if (free < LEAST_FREE_BYTES) {
        throw new IllegalStateException(
            "data_dir "
                + path
                + " is full: "
                + free / 1024 / 1024
                + " MB are left, 64 MB are needed");
      }
      return new DataFolder(path);
    } catch (IOException unusable) {
      throw new UncheckedIOException(
          "cannot write to data_dir " + path + ": " + unusable, unusable);
    }
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  /** Waits for an older hub on this folder to finish draining. */
  void lock() {
    long until = System.nanoTime() + WAIT_FOR_OLD_HUB.toNanos();
    try {
      FileChannel channel =
          FileChannel.open(
              path.resolve("hub.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.READ);
      FileLock held = channel.tryLock();
      while (held == null) {
        if (System.nanoTime() > until) {
          channel.close();
          throw new IllegalStateException("another hub runs on data_dir " + path);
        }
        java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        held = channel.tryLock();
      }
      channel.truncate(0);
      channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
      lock = channel;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot lock data_dir " + path, failure);
    }
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
