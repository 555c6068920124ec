package org.tocsin.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.tocsin.hub.Hub;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.config.SettingsLoader;
import org.tocsin.platform.observability.Logs;

/** A demonstration hub on a machine whose clock a case may set. */
public final class JumpingHub {
  private static final String AHEAD = "clock-ahead";

  private JumpingHub() {}

  public static void main(String[] args) throws InterruptedException {
    Settings settings = SettingsLoader.fromResource("/dev.yaml", System.getenv());
    Logs.write(settings.log());
    Path file = settings.dataDir().resolve(AHEAD);
    Hub hub =
        Hub.start(
            settings, () -> InstantSource.system().instant().plus(Duration.parse(read(file))));
    Runtime.getRuntime().addShutdownHook(new Thread(hub::close));
    new CountDownLatch(1).await();
  }

  /** From now on the clock of the hub in this folder is so far ahead, or behind. */
  static void jump(Path folder, Duration ahead) {
    try {
      Path written = Files.writeString(folder.resolve(AHEAD + ".new"), ahead.toString());
      Files.move(written, folder.resolve(AHEAD), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "PT0S";
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
