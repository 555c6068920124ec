package org.tocsin.platform.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server is shared, adopted and waited for. */
class EmbeddedPostgresTest {
  @Test
  void aServerThatIsStillRecoveringIsWaitedForAndAdopted(@TempDir Path folder) throws Exception {
    try (EmbeddedPostgres first = EmbeddedPostgres.attach(folder)) {
      Path pidFile = folder.resolve("data").resolve("postmaster.pid");
      String ready = Files.readString(pidFile, UTF_8);
      Files.writeString(pidFile, ready.replace("ready   ", "starting"), UTF_8);

      CompletableFuture<Optional<Integer>> second =
          CompletableFuture.supplyAsync(() -> runningPort(folder.resolve("data")));
      assertThatThrownBy(() -> second.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      Files.writeString(pidFile, ready, UTF_8);

      assertThat(second.join()).contains(first.address("postgres").port());
    }
  }

  private static Optional<Integer> runningPort(Path data) {
    try {
      return EmbeddedPostgres.runningPort(data);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void thePidFileOfAnotherProgramIsRemovedAndAServerStarted(@TempDir Path folder) throws Exception {
    EmbeddedPostgres.attach(folder).close();
    Path pidFile = folder.resolve("data").resolve("postmaster.pid");
    long ours = ProcessHandle.current().pid();
    Files.writeString(pidFile, ours + "\nx\n1\n1\n\n\n\nready   \n", UTF_8);

    try (EmbeddedPostgres started = EmbeddedPostgres.attach(folder)) {
      assertThat(Files.readString(pidFile, UTF_8)).doesNotStartWith(ours + "\n");
      assertThat(started.address("postgres").port()).isNotEqualTo(1);
    }
  }
}
