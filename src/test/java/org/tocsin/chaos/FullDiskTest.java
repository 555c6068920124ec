package org.tocsin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.database.DatabaseFailure;

/** The disk of the database is full for a while; needs the right to mount a small one. */
@Tag("long")
class FullDiskTest {
  private static final long MOUNT_SECONDS = 20;
  private static final int BLOCK = 64 * 1024;

  private final Path folder = Path.of("target/full-disk").toAbsolutePath();
  private final Path disk = folder.resolve("postgres");

  @Test
  void aFullDiskHoldsUpTheSendingAndLeavesNothingInDoubt() throws IOException {
    Files.createDirectories(disk);
    Commands.run(
        MOUNT_SECONDS,
        List.of("mount", "-t", "tmpfs", "-o", "size=700m", "tmpfs", disk.toString()));
    try (ChaosScene scene = ChaosScene.open(folder)) {
      scene.begin();
      scene.faults(ChaosScene.slow());
      Sending sending = scene.release();
      sending.awaitReceived(sending.due / 4);
      Path ballast = disk.resolve("ballast");
      fill(ballast);
      sending.await(
          "the hub hears of it", () -> scene.desk().output().contains("No space left on device"));
      Files.delete(ballast);
      if (!answers(scene)) {
        scene.ground.restart();
      }
      sending.awaitCompleted();
      sending.verdict("the database's disk is full", 0).leavesNoDoubt();
    } finally {
      Commands.run(MOUNT_SECONDS, List.of("umount", disk.toString()));
    }
  }

  private static void fill(Path ballast) throws IOException {
    byte[] block = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static boolean answers(ChaosScene scene) {
    try {
      return scene.ground.hub.answers();
    } catch (DatabaseFailure away) {
      return false;
    }
  }
}
